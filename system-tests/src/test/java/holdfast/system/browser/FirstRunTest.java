package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// A new server, from its setup code to an account that is closed after wrong passwords.
@BrowserTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstRunTest {
    private static final String PASSWORD = "granite-Falcon-81-harbour";
    private static final String SECOND = "copper-Walrus-29-orchard";
    private static final int LIMIT = 5; // wrong passwords until an account is closed
    private static final double PATIENCE =
            40_000; // milliseconds for a proof of work on a busy machine

    private final House house = House.open();
    private Visit visit;

    @BeforeEach
    void arrive(Stage stage) {
        visit =
                Visit.open(
                        stage.browser(),
                        house.server().url(),
                        new NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB"));
    }

    @AfterEach
    void leave() {
        var complaints = visit.complaints();
        visit.close();
        Assertions.assertThat(complaints).isEmpty();
    }

    @AfterAll
    void close() {
        house.close();
    }

    private Page page() {
        return visit.page();
    }

    private void fill(String label, String value) {
        page().getByLabel(label).fill(value);
    }

    @Test
    @Order(1)
    void the_setup_code_makes_the_first_administrator() {
        visit.go("/");
        assertThat(
                        page().getByRole(
                                        AriaRole.HEADING,
                                        new Page.GetByRoleOptions().setName("First run")))
                .isVisible();
        new Pictures(page()).take("first-run");
        setUp("0000-0000-0000", "password-1234", "password-1234");
        assertThat(page().getByLabel("Setup code")).hasAttribute("aria-invalid", "true");

        setUp(house.server().setupCode().orElseThrow(), PASSWORD, PASSWORD);

        new Frame(page()).expectOpen();
        assertThat(
                        page().getByRole(
                                        AriaRole.HEADING,
                                        new Page.GetByRoleOptions().setName("No environment yet")))
                .isVisible();
        new Pictures(page()).take("overview-empty");
    }

    private void setUp(String code, String password, String again) {
        fill("Setup code", code);
        fill("User name", "root-admin");
        page().getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill(password);
        fill("Repeat the new password", again);
        new Frame(page()).button("Create administrator").click();
    }

    @Test
    @Order(2)
    void after_signing_in_one_is_where_one_wanted_to_go() {
        visit.go("/users?q=root");
        Assertions.assertThat(page().url()).endsWith("/login?next=%2Fusers%3Fq%3Droot");
        new Pictures(page()).take("sign-in");
        new SignIn(page()).as("root-admin", "wrong");
        assertThat(new SignIn(page()).alert()).isVisible();
        new Pictures(page()).take("sign-in-refused");

        new SignIn(page()).as("root-admin", PASSWORD);

        assertThat(new Frame(page()).heading("Users")).isVisible();
        Assertions.assertThat(page().url()).endsWith("/users?q=root");
    }

    @Test
    @Order(3)
    void no_other_site_can_be_the_place_to_go_to() {
        visit.go("/login?next=%2F%2Fevil.example%2F");

        new SignIn(page()).as("root-admin", PASSWORD);

        new Frame(page()).expectOpen();
        Assertions.assertThat(page().url()).isEqualTo(house.server().url() + "/dashboard");
    }

    @Test
    @Order(4)
    void wrong_passwords_cost_work_then_close_the_account_until_it_is_unlocked() {
        house.user(house.signIn("root-admin", PASSWORD), "OPERATOR", SECOND);
        visit.go("/login");
        var signIn = new SignIn(page());
        boolean proved = false;
        for (int attempt = 1; attempt <= LIMIT; attempt++) {
            proved |= refused(signIn, attempt);
        }
        Assertions.assertThat(proved).as("a proof of work was made in the worker").isTrue();
        signIn.as("operator", SECOND);
        assertThat(signIn.alert()).isVisible();
        assertThat(signIn.button()).isEnabled();

        unlock();

        signIn.as("operator", SECOND);
        new Frame(page()).expectOpen();
    }

    /// {@return whether the refused attempt came with a proof of work}
    private boolean refused(SignIn signIn, int attempt) {
        var answer =
                page().waitForResponse(
                                response ->
                                        response.url().endsWith("/api/auth/sign-in")
                                                && !response.text().contains("proof-required"),
                                new Page.WaitForResponseOptions().setTimeout(PATIENCE),
                                () -> signIn.as("operator", "wrong-" + attempt));
        assertThat(signIn.alert()).containsText("user name or password is wrong");
        assertThat(signIn.button()).isEnabled();
        assertThat(signIn.password()).hasValue("");
        return answer.request().postData().contains("\"proof\"");
    }

    private void unlock() {
        var look = new NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB");
        try (var admin = Visit.open(visit.context().browser(), house.server().url(), look)) {
            admin.go("/users");
            new SignIn(admin.page()).as("root-admin", PASSWORD);
            var row = new Grid(admin.page()).row("operator");
            assertThat(row).containsText("Locked");
            new Frame(admin.page()).choose("Actions for operator", "Unlock");
            assertThat(row).containsText("Active");
        }
    }
}
