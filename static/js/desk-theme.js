/* The desk's shell: colour scheme, sidebar, file fields. Written so that no page needs eval or inline scripts. */
(() => {
  "use strict";

  const wantsDark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  function isDark(theme) {
    return theme === "dark" || (theme === "auto" && wantsDark.matches);
  }

  // Before the first paint, so that a dark desk never flashes white.
  document.documentElement.classList.toggle("dark", isDark(stored("adminTheme", "auto")));

  document.addEventListener("alpine:init", () => {
    Alpine.data("theme", () => ({
      openModal: false,
      filterOpen: false,
      openAllApplications: false,
      adminTheme: Alpine.$persist("auto").as("adminTheme"),
      init() {
        wantsDark.addEventListener("change", () => this.paint());
        this.$watch("adminTheme", () => this.paint());
        this.paint();
      },
      paint() {
        document.documentElement.classList.toggle("dark", isDark(this.adminTheme));
      },
      switchTheme(theme) {
        this.adminTheme = theme;
      },
      themeBindings: {},
    }));

    Alpine.data("desk", () => ({
      activeTab: "general",
      sidebarMobileOpen: false,
      sidebarDesktopOpen: stored("sidebarDesktopOpen", 1) === 1,
      toggleSidebar() {
        this.sidebarDesktopOpen = !this.sidebarDesktopOpen;
        localStorage.setItem("sidebarDesktopOpen", this.sidebarDesktopOpen ? "1" : "0");
      },
    }));

    Alpine.data("searchForm", () => ({
      applyShortcut(event) {
        const focused = document.activeElement;
        const isTyping = focused.isContentEditable || /^(input|textarea|select)$/i.test(focused.tagName);
        if (event.key === "/" && !isTyping) {
          event.preventDefault();
          this.$refs.searchInput.focus();
        }
      },
    }));
  });

  // A file field shows the name of the file that was chosen.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const shown = input.closest("label, div")?.parentElement?.querySelector("input[type=text][disabled]");
    if (shown) shown.value = [...input.files].map((file) => file.name).join(", ");
  });

  // Filters act as soon as something is chosen.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  /* The theme's scrolling boxes are regions that all have the same name: say what each holds. */
  window.addEventListener("load", () => {
    document.querySelectorAll(".simplebar-content-wrapper[role=region]").forEach((box, place) => {
      const isSidebar = box.closest("#nav-sidebar-apps");
      const held = isSidebar ? gettext("Sidebar") : box.querySelector("h1, h2, h3, caption")?.textContent.trim();
      const part = interpolate(gettext("Scrolling part %(number)s"), { number: place + 1 }, true);
      box.setAttribute("aria-label", held || (box.querySelector("table") ? gettext("Table") : part));
    });
  });
})();
