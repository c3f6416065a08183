package holdfast.app;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Two tenants of one server: the first, of the administrator `ada`, and `acme`, to which `bea` alone belongs.
///
/// @param acme id of the second tenant
record Neighbours(Person ada, String acme, Person bea) {
    static final String FIRST = "Given-by-9-others!";

    static Neighbours on(LiveServer server) throws IOException, InterruptedException {
        var ada = server.setUp();
        var acme = id(ada.post("/api/tenants", Map.of("name", "acme", "tier", "PROFESSIONAL")));
        return new Neighbours(ada, acme, member(server, ada, acme));
    }

    /// {@return somebody who belongs to `acme` alone, signed in}
    private static Person member(LiveServer server, Person ada, String acme)
            throws IOException, InterruptedException {
        var id =
                id(
                        ada.post(
                                "/api/users",
                                Map.of("username", "bea", "password", FIRST, "role", "USER")));
        ada.post("/api/tenants/" + acme + "/users", Map.of("username", "bea", "role", "ADMIN"))
                .requireStatus(201);
        var first = ada.get("/api/me").json().path("tenant").path("id").asString();
        ada.send("DELETE", "/api/tenants/" + first + "/users/" + id, Optional.empty(), Map.of())
                .requireStatus(204);
        var person = server.nobody();
        person.signIn("bea", FIRST).requireStatus(200);
        person.post(
                        "/api/me/password",
                        Map.of("currentPassword", FIRST, "newPassword", Person.PASSWORD))
                .requireStatus(204);
        return person;
    }

    static String id(Person.Reply reply) {
        if (reply.status() >= 400) {
            throw new AssertionError(reply.text());
        }
        return reply.json().path("id").asString();
    }
}
