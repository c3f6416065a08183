package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.administration.AccessForms.AssignmentForm;
import holdfast.administration.AccessForms.GrantForm;
import holdfast.administration.AccessForms.RoleChange;
import holdfast.administration.AccessForms.RoleForm;
import holdfast.administration.AccessForms.SubjectForm;
import holdfast.administration.AccessViews.ExplanationView;
import holdfast.administration.AccessViews.GrantView;
import holdfast.http.Content;
import holdfast.http.Response;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Gives, takes and explains rights over HTTP, as somebody of an [Office].
record Rights(Office office) {
    static final String GRANTS = "/api/access/grants";

    static final String ROLES = "/api/access/roles";

    static final String ASSIGNMENTS = "/api/access/assignments";

    static final String BOARD = "secrets/board/plan";

    Principal person(UUID id) {
        return List.of(office.admin, office.auditor, office.operator, office.reader).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// {@return somebody who may give rights, and holds few}
    Principal giver() {
        return giver(office.person("gil", 8, holdfast.access.Role.AUDITOR));
    }

    Principal giver(Principal who) {
        role(
                office.admin,
                "GIVER",
                Action.MANAGE_ACCESS,
                Action.READ_ACCESS,
                Action.READ_CREDENTIAL);
        assign(office.admin, who, "GIVER", Optional.empty());
        return who;
    }

    Principal fresh(Principal person) {
        return new Principal(
                person.id(),
                person.kind(),
                person.name(),
                person.tenant(),
                person.origin(),
                Standing.ofSession(office.clock.instant()));
    }

    boolean may(Principal person, Action action, String resource) {
        return may(person, action, resource, person);
    }

    boolean may(Principal person, Action action, String resource, Principal as) {
        assertThat(as.id()).isEqualTo(person.id());
        try {
            office.access.policy().permit(as, action, resource);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    static GrantForm allow(Principal to, String pattern, Optional<Instant> expires) {
        return allow(to.id(), pattern, expires);
    }

    static GrantForm allow(UUID to, String pattern, Optional<Instant> expires) {
        return form(to, Grant.Effect.ALLOW, pattern, expires);
    }

    static GrantForm deny(Principal to, String pattern) {
        return form(to.id(), Grant.Effect.DENY, pattern, Optional.empty());
    }

    static GrantForm form(UUID to, Grant.Effect effect, String pattern, Optional<Instant> expires) {
        return new GrantForm(
                new SubjectForm("USER", Optional.of(to), Optional.empty()),
                effect,
                List.of(Action.REVEAL_CREDENTIAL),
                pattern,
                expires,
                Optional.empty());
    }

    GrantView grant(Principal by, GrantForm form) {
        return (GrantView) body(office.send(Asked.of(by, "POST", GRANTS).body(form)));
    }

    void assign(Principal by, Principal to, String role, Optional<Instant> expires) {
        var form = new AssignmentForm(to.id(), Optional.empty(), role, expires, Optional.empty());
        assertThat(office.send(Asked.of(by, "POST", ASSIGNMENTS).body(form)).status())
                .isEqualTo(201);
    }

    void assign(Principal by, UUID to, Principal.Kind kind, String role) {
        var form =
                new AssignmentForm(
                        to, Optional.of(kind.name()), role, Optional.empty(), Optional.empty());
        assertThat(office.send(Asked.of(by, "POST", ASSIGNMENTS).body(form)).status())
                .isEqualTo(201);
    }

    void role(Principal by, String name, Action... actions) {
        var form = new RoleForm(name, Optional.empty(), List.of(actions), Optional.empty());
        assertThat(office.send(Asked.of(by, "POST", ROLES).body(form)).status()).isEqualTo(201);
    }

    void change(Principal by, String name, long seen, Action... actions) {
        var form = new RoleChange(Optional.empty(), List.of(actions), Optional.empty());
        var asked =
                Asked.of(by, "PUT", ROLES + "/" + name)
                        .header("If-Match", "\"" + seen + "\"")
                        .body(form);
        assertThat(office.send(asked).status()).isEqualTo(200);
    }

    void delete(Principal by, String target) {
        assertThat(office.send(Asked.of(by, "DELETE", target)).status()).isEqualTo(204);
    }

    List<GrantView> grants(Principal by) {
        return page(office.get(by, GRANTS), GrantView.class);
    }

    ExplanationView why(Principal by, UUID about, String resource) {
        return office.get(
                by,
                "/api/access/explain?action=REVEAL_CREDENTIAL&principal="
                        + about
                        + "&resource="
                        + resource,
                ExplanationView.class);
    }

    List<ExplanationView> who(Principal by, String resource) {
        return page(
                office.get(by, "/api/access/who?action=REVEAL_CREDENTIAL&resource=" + resource),
                ExplanationView.class);
    }

    List<Entry> events(String prefix) {
        office.settle();
        return office.ledger.ledger().after(TenantId.DEFAULT, 0, 1_000).reversed().stream()
                .filter(entry -> entry.action().startsWith(prefix))
                .toList();
    }

    static <T> List<T> page(Response response, Class<T> type) {
        return ((Page<?>) body(response)).items().stream().map(type::cast).toList();
    }

    static Object body(Response response) {
        return ((Content.Json) response.content()).body();
    }

    static Problem problem(Runnable call) {
        return refusal(call).problem();
    }

    static Refusal refusal(Runnable call) {
        var refusal = catchThrowableOfType(Refusal.class, call::run);
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
