package holdfast.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks for everything that is done with users, rights and tenants.
final class PeopleAnswers {
    private static final String PASSWORD = "Given-by-9-others!";

    private PeopleAnswers() {}

    static void walk(DescribedAnswers api, Person admin, LiveServer server) throws Exception {
        users(api, server);
        machines(api);
        access(api, admin);
        tenants(api, admin);
    }

    private static void users(DescribedAnswers api, LiveServer server) throws Exception {
        var made =
                api.call(
                        "createUser",
                        Map.of(
                                "username",
                                "bob",
                                "password",
                                PASSWORD,
                                "role",
                                "USER",
                                "fullName",
                                "Bob"));
        var id = made.json().path("id").asString();
        api.get("listUsers");
        var read = api.call("readUser", "{user}", id);
        api.send(
                "updateUser",
                id,
                Optional.of(Map.of("role", "OPERATOR")),
                Map.of("If-Match", read.header("ETag")));
        for (var verb : List.of("disableUser", "enableUser", "unlockUser")) {
            api.call(verb, "{user}", id);
        }
        api.send("resetUser", id, Optional.of(Map.of("password", PASSWORD + "2")), Map.of());
        var bob = server.nobody();
        bob.signIn("bob", PASSWORD + "2").requireStatus(200);
        api.keep(
                "changeMyPassword",
                bob.post(
                        "/api/me/password",
                        Map.of("currentPassword", PASSWORD + "2", "newPassword", Person.PASSWORD)));
        var sessions = api.call("listUserSessions", "{user}", id);
        var session = sessions.json().path("items").path(0).path("id").asString();
        api.send("endUserSession", id + "/" + session, Optional.empty(), Map.of());
        api.call("endUserSessions", "{user}", id);
        api.call("deleteUser", "{user}", id);
    }

    private static void machines(DescribedAnswers api) throws Exception {
        var made =
                api.call(
                        "createMachine",
                        Map.of("name", "ci-runner", "description", "builds", "role", "READ_ONLY"));
        var id = made.json().path("id").asString();
        api.get("listMachines");
        api.call("readMachine", "{machine}", id);
        api.send(
                "updateMachine",
                id,
                Optional.of(Map.of("description", "nightly builds")),
                Map.of("If-Match", made.header("ETag")));
        for (var verb : List.of("disableMachine", "enableMachine")) {
            api.call(verb, "{machine}", id);
        }
        var token =
                api.send(
                        "createMachineToken",
                        id,
                        Optional.of(
                                Map.of(
                                        "name",
                                        "nightly",
                                        "permissions",
                                        List.of("READ_SECRET"),
                                        "expiresInDays",
                                        1)),
                        Map.of());
        api.call("listMachineTokens", "{machine}", id);
        api.send(
                "revokeMachineToken",
                id + "/" + token.json().path("token").path("id").asString(),
                Optional.empty(),
                Map.of());
        api.call("deleteMachine", "{machine}", id);
    }

    private static void tenants(DescribedAnswers api, Person admin) throws Exception {
        var made = api.call("createTenant", Map.of("name", "acme", "tier", "BASIC"));
        var id = made.json().path("id").asString();
        api.get("listTenants");
        api.call("readTenant", "{tenant}", id);
        api.send(
                "updateTenant",
                id,
                Optional.of(
                        Map.of(
                                "tier",
                                "FREE",
                                "rules",
                                Map.of("addresses", List.of("127.0.0.0/8")),
                                "metadata",
                                Map.of("contract", "42"))),
                Map.of("If-Match", made.header("ETag")));
        api.call("suspendTenant", "{tenant}", id);
        api.call("activateTenant", "{tenant}", id);
        api.send(
                "limitTenant",
                id,
                Optional.of(
                        Map.of(
                                "limits",
                                List.of(
                                        Map.of("quota", "USERS", "limit", 5),
                                        Map.of("quota", "CREDENTIALS")))),
                Map.of());
        api.call("tenantQuotas", "{tenant}", id);
        api.call("tenantUsage", "{tenant}", id);
        api.keep("ownUsage", admin.get("/api/usage?from=2026-01-01&to=2026-12-31"));
        var user =
                admin.post(
                                "/api/users",
                                Map.of("username", "tom", "password", PASSWORD, "role", "USER"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        api.send(
                "addTenantUser",
                id,
                Optional.of(
                        Map.of(
                                "username", "tom",
                                "role", "ADMIN",
                                "expires", "2100-01-01T00:00:00Z")),
                Map.of());
        api.call("listTenantUsers", "{tenant}", id);
        api.send(
                "addTenantUser",
                id,
                Optional.of(Map.of("username", "tom", "role", "AUDITOR")),
                Map.of());
        admin.post("/api/users", Map.of("username", "tim", "password", PASSWORD, "role", "USER"))
                .requireStatus(201);
        api.send(
                "addTenantUser",
                id,
                Optional.of(Map.of("username", "tim", "role", "ADMIN")),
                Map.of());
        api.send("removeTenantUser", id + "/" + user, Optional.empty(), Map.of());
        api.keep(
                "deleteTenant",
                admin.send(
                        "DELETE", "/api/tenants/" + id + "?name=acme", Optional.empty(), Map.of()));
    }

    private static void access(DescribedAnswers api, Person admin) throws Exception {
        var me = admin.get("/api/me").json().path("id").asString();
        var made =
                api.call(
                        "createRole",
                        Map.of("name", "ROBOT", "permissions", List.of("READ_ENVIRONMENT")));
        api.get("listRoles");
        api.call("readRole", "{role}", "ROBOT");
        api.send(
                "updateRole",
                "ROBOT",
                Optional.of(Map.of("permissions", List.of("READ_JOB"), "description", "Looks")),
                Map.of("If-Match", made.header("ETag")));
        api.call(
                "createAssignment",
                Map.of(
                        "principal",
                        me,
                        "role",
                        "ROBOT",
                        "expires",
                        "2100-01-01T00:00:00Z",
                        "metadata",
                        Map.of("ticket", "42")));
        api.get("listAssignments");
        api.send("deleteAssignment", me + "/ROBOT", Optional.empty(), Map.of());
        api.call("deleteRole", "{role}", "ROBOT");
        var grant =
                api.call(
                        "createGrant",
                        Map.of(
                                "subject",
                                Map.of("kind", "ROLE", "role", "AUDITOR"),
                                "effect",
                                "ALLOW",
                                "permissions",
                                List.of("REVEAL_CREDENTIAL"),
                                "pattern",
                                "environment/*"));
        api.get("listGrants");
        api.keep(
                "explainAccess",
                admin.get("/api/access/explain?action=REVEAL_CREDENTIAL&resource=environment/1"));
        api.keep(
                "whoMay",
                admin.get("/api/access/who?action=REVEAL_CREDENTIAL&resource=environment/1"));
        api.call("deleteGrant", "{grant}", grant.json().path("id").asString());
    }
}
