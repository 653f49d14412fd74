/** A rolling update: instances of the new version come and those of the old one go, a few at a time. */
import { Course, type Way } from "./course.ts";
import { everyone, Replacement, slackOf, type Pace } from "./replacement.ts";
import { checkRollBack, paceFields, rollout, rolloutFields } from "./rollout.ts";

export const rolling = rollout({
  kind: "rolling",
  summary: "Replaces instances a few at a time, with as many above and below the desired number.",
  source:
    "kubernetes/kubernetes pkg/controller/deployment/rolling.go; pkg/apis/apps/v1/defaults.go (25 % and 25 %, 600 s)",
  notes:
    "Of 10 instances 25 % are 3 above and 2 below. If both come to nothing, one may be missing. Instances that drain count no more. New ones are cold: a part's warm-up is theirs too.",
  example: "rollouts:\n  - { kind: rolling, of: web, at: 5 min, version: { slower: 1.2 } }",
  options: { ...rolloutFields, ...paceFields },
  check: checkRollBack,
  extra: (options, desired) => slackOf(options, desired).surge,
  create(options, context) {
    new Course(options, context, (course) => roll(course, options));
  },
});

function roll(course: Course, pace: Pace): Way {
  const { fleet, agenda, version } = course.context;
  const { surge, unavailable } = slackOf(pace, fleet.desired);
  const old = course.oldVersion;
  const replacement = new Replacement(
    pace,
    { from: old, to: version, goal: everyone },
    {
      fleet,
      agenda,
      progressed: () => course.progressed(),
      reached() {
        replacement.stop();
        course.ended();
      },
    },
  );
  return {
    plan: `rolling, ${surge} more and ${unavailable} fewer at most`,
    meet: (reason) => replacement.meet(reason),
    rollBack: () => replacement.aimAt({ from: version, to: old, goal: everyone }),
  };
}
