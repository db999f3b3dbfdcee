import assert from "node:assert/strict";
import { test } from "node:test";
import { backendAddress, ownPage, pathIn } from "../../extension/background/backend-address.js";

for (const [typed, address] of [
  ["http://127.0.0.1:8484", "http://127.0.0.1:8484"],
  [" https://rowback.example/ ", "https://rowback.example"],
  ["rowback.example:8484", "http://rowback.example:8484"],
  ["https://home.example/rowback", "https://home.example/rowback"],
  ["https://home.example/a/rowback//?x=1#y", "https://home.example/a/rowback"],
]) {
  test(`${JSON.stringify(typed)} is the backend at ${address}`, () => {
    assert.equal(backendAddress(typed), address);
  });
}

for (const typed of ["", "ftp://x.example", "https://me@x.example", "http://", "javascript:alert(1)"]) {
  test(`${JSON.stringify(typed)} is no address of a backend`, () => {
    assert.throws(() => backendAddress(typed), { code: "bad-backend" });
  });
}

const ALONE = "https://rowback.example";
const BELOW = "https://home.example/rowback";
for (const [link, backend, page, path] of [
  ["/", ALONE, `${ALONE}/`, "/"],
  ["/articles/7?a=1", ALONE, `${ALONE}/articles/7?a=1`, "/articles/7?a=1"],
  [`${ALONE}/status`, ALONE, `${ALONE}/status`, "/status"],
  ["/articles/7?a=1", BELOW, `${BELOW}/articles/7?a=1`, "/articles/7?a=1"],
  [`${BELOW}/pair?code=X`, BELOW, `${BELOW}/pair?code=X`, "/pair?code=X"],
]) {
  test(`${link} is a page of ${backend}`, () => {
    const found = ownPage(link, String(backend));
    assert.equal(found?.href, page);
    assert.equal(pathIn(/** @type {URL} */ (found), String(backend)), path);
  });
}

for (const [link, backend] of [
  ["https://evil.example/", ALONE],
  ["//evil.example/", ALONE],
  ["javascript:alert(1)", ALONE],
  ["https://me:x@rowback.example/", ALONE],
  [undefined, ALONE],
  ["https://home.example/", BELOW],
  ["https://home.example/rowback-2/pair", BELOW],
  ["https://home.example/rowback/../mail", BELOW],
  ["/../mail", BELOW],
  ["/%2e%2e/mail", BELOW],
  ["http://home.example/rowback/", BELOW],
]) {
  test(`${link} is no page of ${backend}`, () => {
    assert.equal(ownPage(link, String(backend)), null);
  });
}
