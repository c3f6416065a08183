package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every screen and every dialog: whole at 1280, 390 and 360 pixels, without a finding of axe, in light and dark.
@BrowserTest
class ScreensTest {
    /// @param place of the page, with names of environments in braces
    record Screen(String name, String place, Consumer<Page> open) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Screen page(String name, String place) {
        return new Screen(name, place, _ -> {});
    }

    static Stream<Screen> screens() {
        return Stream.of(
                page("overview", "/dashboard"),
                page("environments", "/environments"),
                new Screen(
                        "environments-list", "/environments", page -> button(page, "List").click()),
                new Screen(
                        "environment-add",
                        "/environments",
                        page -> button(page, "Add environment").click()),
                new Screen(
                        "environments-search",
                        "/environments",
                        page -> page.getByLabel("Search name, host, domain").fill("nowhere")),
                new Screen(
                        "configuration-export",
                        "/environments",
                        page -> choose(page, "More actions", "Export configuration")),
                new Screen(
                        "configuration-import",
                        "/environments",
                        page -> choose(page, "More actions", "Import configuration")),
                page("vault", "/secrets"),
                page("vault-folder", "/secrets?service=prod/db"),
                page("vault-nothing", "/secrets?q=nowhere"),
                new Screen("vault-add", "/secrets", page -> button(page, "Add secret").click()),
                new Screen("vault-generate", "/secrets", ScreensTest::generate),
                new Screen("vault-secret", "/secrets?service=prod/db", ScreensTest::openFirst),
                new Screen(
                        "vault-versions",
                        "/secrets?service=prod/db",
                        page -> openTab(page, "Versions", ".history li")),
                new Screen(
                        "vault-usage",
                        "/secrets?service=prod/db",
                        page -> openTab(page, "Usage", ".list li")),
                new Screen(
                        "vault-sharing",
                        "/secrets?service=prod/db",
                        page -> openTab(page, "Access & shares", ".list li")),
                new Screen(
                        "vault-share", "/secrets?service=prod/db", page -> sharing(page, "Share")),
                new Screen(
                        "vault-link",
                        "/secrets?service=prod/db",
                        page -> sharing(page, "Make link")),
                page("shares", "/shares?direction=all"),
                page("credentials", "{San Francisco}"),
                page("credentials-large", "{Frankfurt}"),
                page("credentials-failing", "{Old lab}"),
                page("credentials-nothing", "{San Francisco}?q=nowhere"),
                page("credentials-filtered", "{San Francisco}?resourceType=ESXI&sort=-username"),
                new Screen(
                        "credentials-filter",
                        "{San Francisco}",
                        page ->
                                page.locator("ui-filter")
                                        .first()
                                        .getByRole(AriaRole.BUTTON)
                                        .first()
                                        .click()),
                page("credentials-all", "/credentials"),
                new Screen("credential", "{San Francisco}", ScreensTest::openFirst),
                new Screen(
                        "credential-reveal",
                        "{San Francisco}",
                        page ->
                                page.getByRole(
                                                AriaRole.BUTTON,
                                                new Page.GetByRoleOptions()
                                                        .setName("Reveal password of"))
                                        .first()
                                        .click()),
                new Screen(
                        "credential-export",
                        "{San Francisco}",
                        page -> button(page, "Export").click()),
                page("sync-log", "{San Francisco}/sync-log"),
                new Screen("sync-run", "{San Francisco}/sync-log", ScreensTest::openFirst),
                page("environment-settings", "{San Francisco}/settings"),
                new Screen(
                        "environment-test",
                        "{San Francisco}/settings",
                        page -> button(page, "Test connection").click()),
                new Screen(
                        "environment-edit",
                        "{San Francisco}/settings",
                        page -> button(page, "Edit").click()),
                new Screen(
                        "environment-delete",
                        "{San Francisco}/settings",
                        page -> button(page, "Delete environment").click()),
                page("audit", "/audit"),
                new Screen("audit-event", "/audit", ScreensTest::openFirst),
                page("jobs", "/jobs"),
                new Screen(
                        "job-runs",
                        "/jobs",
                        page ->
                                page.getByRole(
                                                AriaRole.BUTTON,
                                                new Page.GetByRoleOptions()
                                                        .setName("Earlier runs of"))
                                        .first()
                                        .click()),
                page("users", "/users"),
                new Screen("user-add", "/users", page -> button(page, "Add user").click()),
                new Screen("user", "/users", ScreensTest::openFirst),
                new Screen(
                        "user-reset",
                        "/users",
                        page -> choose(page, "Actions for auditor", "Reset password")),
                page("access", "/access"),
                page("tenants", "/tenants"),
                new Screen("tenant", "/tenants", ScreensTest::openFirst),
                page("tokens", "/tokens"),
                page("health", "/system/health"),
                page("settings", "/settings"),
                page("my-sign-in", "/me"),
                new Screen("token-make", "/me", page -> button(page, "Create token").click()),
                new Screen("palette", "/dashboard", ScreensTest::searchEverywhere),
                new Screen("shortcuts", "/dashboard", page -> page.keyboard().press("?")),
                new Screen(
                        "theme", "/dashboard", page -> button(page, "Theme and density").click()),
                new Screen(
                        "user-menu",
                        "/dashboard",
                        page -> button(page, "Signed in as admin").click()),
                page("missing", "/nowhere/at/all"),
                page("sign-out", "/logout"));
    }

    private static Locator button(Page page, String name) {
        return new Frame(page).button(name);
    }

    private static void choose(Page page, String menu, String item) {
        new Frame(page).choose(menu, item);
    }

    private static void openFirst(Page page) {
        new Grid(page).filled().getByRole(AriaRole.ROWHEADER).first().click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    private static void openTab(Page page, String tab, String content) {
        openFirst(page);
        button(page, tab).click();
        assertThat(page.getByRole(AriaRole.DIALOG).locator(content).first()).isVisible();
    }

    private static void sharing(Page page, String action) {
        openTab(page, "Access & shares", ".list li");
        button(page, action).click();
    }

    private static void generate(Page page) {
        button(page, "Add secret").click();
        button(page, "Generate").click();
        page.locator("secret-generator")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Generate").setExact(true))
                .click();
        assertThat(page.getByText("bits of entropy")).isVisible();
    }

    private static void searchEverywhere(Page page) {
        page.keyboard().press("/");
        page.getByRole(AriaRole.COMBOBOX).fill("esx");
        assertThat(page.getByRole(AriaRole.OPTION).nth(3)).isVisible();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void a_screen_is_whole_and_readable(Screen screen, Stage stage, @Visitor Visit visit) {
        show(screen, stage, visit);
        new Pictures(visit.page()).take(screen.name());
    }

    private static void show(Screen screen, Stage stage, Visit visit) {
        visit.go(stage.estates().place(screen.place()));
        assertThat(visit.page().locator("h1, .empty h2").first()).isVisible();
        assertThat(visit.page().locator(".skeleton")).hasCount(0);
        screen.open().accept(visit.page());
    }
}
