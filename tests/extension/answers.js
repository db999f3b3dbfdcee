/** Answers of a backend, small and true to the API. */
export const BACKEND = "http://127.0.0.1:8484";
export const PAGE = "https://news.example/2026/bridge";

export function history(change = {}) {
  const seen = (version) => ({
    version,
    seen_at: `2026-01-0${version + 1}T08:00:00Z`,
    last_seen_at: `2026-01-0${version + 1}T09:00:00Z`,
  });
  return {
    article: {
      id: 7,
      url: PAGE,
      title: "Council to close bridge",
      status: "watching",
      last_changed_at: "2026-01-02T08:00:00Z",
      last_checked_at: "2026-01-02T09:00:00Z",
      version_count: 2,
      links: { html: `${BACKEND}/articles/7` },
    },
    versions: [seen(0), seen(1)],
    edits: [
      {
        id: "e1",
        kind: "change",
        block: { kind: "p", index: 1 },
        anchor: { exact: "It costs 6 million.", prefix: "", suffix: "", near: null },
        markup: "<p>It costs <del>4</del><ins>6</ins> million.</p>",
        wordings: [{ ...seen(0), last_version: 0, text: "It costs 4 million." }],
        labels: ["figure"],
        minor: false,
      },
    ],
    passing: [],
    ...change,
  };
}

export function problem(status, code, more = {}) {
  return { status, body: { code, title: code, detail: `about ${code}`, ...more } };
}
