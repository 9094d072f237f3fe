// node oracle.js LOGIC.js
// One case a line on standard input, {"rule", "data"}; one answer a line, {"value"} or, where the reference throws, {}.
"use strict";
const logic = require(process.argv[2]);
const lines = require("readline").createInterface({ input: process.stdin });
console.log = () => {}; // the operator "log" writes there

// Halves of a character are no text in UTF-8: what leaves has U+FFFD in their place.
const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const whole = (key, value) => (typeof value === "string" ? value.replace(half, "\ufffd") : value);

function answer(line) {
  const { rule, data } = JSON.parse(line);
  try {
    const value = logic.apply(rule, data);
    return { value: value === undefined ? null : value };
  } catch (error) {
    return {};
  }
}

lines.on("line", (line) => process.stdout.write(JSON.stringify(answer(line), whole) + "\n"));
