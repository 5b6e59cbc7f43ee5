import { House, startBrowser, startPortal, PHONE, DESKTOP } from "./support.mjs";
const portal = await startPortal(); const browser = await startBrowser(); const house = new House(portal, browser);
const shot = async (p, n) => { await p.evaluate(()=>scrollTo(0,0)); await p.screenshot({path:`/tmp/handrail/ed/${n}.png`, fullPage: !n.includes("desk")}); };
let p = await house.page({as:"priya", viewport: DESKTOP, scripts:false});
await p.goto("/en/staff/content"); await shot(p,"library.desk");
await p.goto("/en/staff/content?kind=module&language=en"); await p.click("main tbody a"); await shot(p,"sheet.full");
await p.click("text=Begin a new edition"); await shot(p,"edit.full");
await p.goto("/en/staff/content/coverage"); await shot(p,"coverage.full");
await browser.close(); await portal.stop();
