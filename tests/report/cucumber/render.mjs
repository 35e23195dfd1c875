// Render the messages on standard input into the HTML file that is named; print what the official query
// library makes of them: how many scenarios ended in each status.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { CucumberHtmlStream } from "@cucumber/html-formatter";
import { Query } from "@cucumber/query";

const query = new Query();
const html = new CucumberHtmlStream();
const file = html.pipe(createWriteStream(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const envelope = JSON.parse(line);
  query.update(envelope);
  html.write(envelope);
}
html.end();
await once(file, "finish");
console.log(JSON.stringify(query.countMostSevereTestStepResultStatus()));
