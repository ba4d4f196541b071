/** Where one is: the part of the address behind `#`, which needs no server. */

class Route {
  /** `#/task/x` is ["task", "x"]. */
  parts = $state.raw<string[]>(read());

  constructor() {
    addEventListener("hashchange", () => {
      this.parts = read();
      scrollTo(0, 0);
    });
  }
}

/** What nobody's link is written like leads to the start. */
function read(): string[] {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}

export const route = new Route();
