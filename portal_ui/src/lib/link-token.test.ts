import { expect, it, vi } from "vitest";
import { takeToken } from "./link-token";

function opened(hash: string) {
  const replaceState = vi.fn();
  const token = takeToken({ hash, pathname: "/h", search: "" }, { replaceState });
  return { token, addresses: replaceState.mock.calls.map(([, , address]) => address) };
}

it("takes the token and leaves an address without it", () => {
  expect(opened("#t=abc_DEF-123")).toEqual({ token: "abc_DEF-123", addresses: ["/h"] });
});

it("finds it beside what a mail program added", () => {
  expect(opened("#utm_source=mail&t=abc").token).toBe("abc");
  expect(opened("#t=abc%0A").token).toBe("abc");
});

it("is empty for a link without a secret, and cleans the address of anything else", () => {
  expect(opened("")).toEqual({ token: "", addresses: [] });
  expect(opened("#t=")).toEqual({ token: "", addresses: ["/h"] });
  expect(opened("#top")).toEqual({ token: "", addresses: ["/h"] });
});
