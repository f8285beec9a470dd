// The checks in a thread of their own.

import { checkPlan } from "./plan_checks.js";

addEventListener("message", ({ data: { asked, text } }) => { postMessage({ asked, faults: checkPlan(JSON.parse(text)) }); });
