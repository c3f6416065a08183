package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import org.junit.jupiter.api.Test;

/// The role decides what is drawn: no entry and no button that would be refused.
@BrowserTest
class RolesTest {
    private static void open(Stage stage, Visit visit) {
        visit.go(stage.estates().path(Estates.USUAL));
        assertThat(new Grid(visit.page()).rows().first()).isVisible();
    }

    private static void sees(Visit visit, String button) {
        assertThat(
                        visit.page()
                                .getByRole(
                                        AriaRole.BUTTON,
                                        new Page.GetByRoleOptions().setName(button))
                                .first())
                .isVisible();
    }

    private static int buttons(Visit visit, String name) {
        return visit.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .count();
    }

    private static java.util.List<String> entries(Visit visit) {
        return new Frame(visit.page())
                .navigation().getByRole(AriaRole.LINK).allInnerTexts().stream()
                        .map(String::strip)
                        .toList();
    }

    @Test
    void an_auditor_sees_no_way_to_a_value(Stage stage, @Visitor("auditor") Visit visit) {
        open(stage, visit);
        assertThat(buttons(visit, "Reveal password")).isZero();
        assertThat(buttons(visit, "Copy password")).isZero();
        assertThat(buttons(visit, "Export")).isZero();
        assertThat(buttons(visit, "Sync now")).isZero();
        assertThat(
                        visit.page()
                                .getByRole(
                                        AriaRole.COLUMNHEADER,
                                        new Page.GetByRoleOptions().setName("Password"))
                                .count())
                .isZero();
        assertThat(entries(visit)).contains("Audit").doesNotContain("Users", "Settings");
        new Pictures(visit.page()).take("credentials-auditor");
    }

    @Test
    void a_reader_reveals_but_neither_syncs_nor_exports(
            Stage stage, @Visitor("read_only") Visit visit) {
        open(stage, visit);
        sees(visit, "Reveal password");
        assertThat(buttons(visit, "Export")).isZero();
        assertThat(buttons(visit, "Sync now")).isZero();
        visit.go("/environments");
        assertThat(visit.page().getByRole(AriaRole.ARTICLE).first()).isVisible();
        assertThat(buttons(visit, "Add environment")).isZero();
        assertThat(buttons(visit, "Actions for")).isZero();
    }

    @Test
    void an_operator_works_but_administers_nobody(Stage stage, @Visitor("operator") Visit visit) {
        open(stage, visit);
        sees(visit, "Sync now");
        sees(visit, "Export");
        assertThat(entries(visit)).contains("Jobs").doesNotContain("Users", "Settings");
    }

    @Test
    void a_page_without_the_right_says_who_can_grant_it(@Visitor("user") Visit visit) {
        visit.go("/users");
        var page = visit.page();
        assertThat(page.getByText("You may not see this page")).isVisible();
        assertThat(page.getByText("An administrator can change your role")).isVisible();
        new Pictures(page).take("forbidden");
    }
}
