package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.ApiDocument.Operation;
import holdfast.app.Person.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may what, over the wire: every operation of `openapi.yaml`, called by nobody and by every role.
class PermissionMatrixTest {
    /// Who may call what, as people agreed on it; written here a second time on purpose.
    private static final String TABLE =
            """
            everybody: live ready ping systemInfo setUp openLink signInForm signOutForm signIn challenge passwordStrength
            everybody: bringShare forgetShares
            ADMIN OPERATOR USER READ_ONLY AUDITOR: signOut stepUp me changeMyPassword listMySessions endMyOtherSessions
            ADMIN OPERATOR USER READ_ONLY AUDITOR: endMySession listTokens createToken revokeToken events
            ADMIN OPERATOR USER READ_ONLY AUDITOR: overview listEnvironments readEnvironment listRuns readRun runEvents
            ADMIN OPERATOR USER READ_ONLY AUDITOR: listCredentials searchCredentials credentialFacets readCredential
            ADMIN OPERATOR USER READ_ONLY AUDITOR: credentialHistory allCredentialFacets
            ADMIN OPERATOR USER READ_ONLY: revealCredential
            ADMIN OPERATOR USER READ_ONLY AUDITOR: listSecrets secretFolders findSecret readSecret secretVersions
            ADMIN OPERATOR USER READ_ONLY AUDITOR: compareSecret secretUsage generateSecret secretStrength
            ADMIN OPERATOR USER READ_ONLY AUDITOR: listShares shareStatistics workOnSecrets
            ADMIN OPERATOR: exportSecrets
            ADMIN OPERATOR USER READ_ONLY: readSecretValue revealSecret readSecretValues revealShared
            ADMIN OPERATOR USER: secretShares shareSecret changeShare revokeShare secretLinks createLink revokeLink
            ADMIN OPERATOR USER READ_ONLY AUDITOR: readSharedSecret sharedSecretVersions
            ADMIN OPERATOR USER: changeSharedSecret putSharedVersion rollBackSharedSecret passShare
            ADMIN OPERATOR USER: deleteSharedSecret undeleteSharedSecret destroySharedSecret
            ADMIN: acceptShare declineShare listCanaries markCanary unmarkCanary
            ADMIN OPERATOR USER: createSecret changeSecret putSecretVersion rollBackSecret createSecrets
            ADMIN OPERATOR USER: deleteSecret undeleteSecret destroySecret putSecretVersions deleteSecrets
            ADMIN OPERATOR USER READ_ONLY AUDITOR: listKeys readKey keyVersions
            ADMIN OPERATOR USER READ_ONLY: decryptWithKey decryptManyWithKey verifyWithKey verifyManyWithKey
            ADMIN OPERATOR USER READ_ONLY: verifyHmacWithKey verifyManyHmacsWithKey
            ADMIN OPERATOR USER: encryptWithKey encryptManyWithKey rewrapWithKey rewrapManyWithKey dataKey
            ADMIN OPERATOR USER: signWithKey signManyWithKey hmacWithKey hmacManyWithKey
            ADMIN: createKey changeKey rotateKey enableKey disableKey destroyKey destroyKeyVersion
            ADMIN OPERATOR: createEnvironment updateEnvironment deleteEnvironment testUnsaved testEnvironment
            ADMIN OPERATOR: exportEnvironments importEnvironments importBringUp syncEnvironment confirmRun discardRun
            ADMIN OPERATOR: exportCsv exportExcel exportJson exportYaml exportKeepass exportBreakGlass listJobs listJobRuns runJob
            ADMIN OPERATOR USER READ_ONLY AUDITOR: listAudit readAudit auditStatistics auditExposures auditVerdict
            ADMIN OPERATOR USER READ_ONLY AUDITOR: auditCheckpoint auditInclusion auditConsistency
            ADMIN OPERATOR USER READ_ONLY AUDITOR: exportAuditCsv exportAuditJson
            ADMIN AUDITOR: exportAuditBundle
            ADMIN: listUsers createUser readUser updateUser deleteUser disableUser enableUser unlockUser resetUser
            ADMIN: listMachines createMachine readMachine updateMachine deleteMachine disableMachine enableMachine
            ADMIN: listMachineTokens createMachineToken revokeMachineToken
            ADMIN: listUserSessions endUserSessions endUserSession readSettings changeSettings systemHealth metrics
            ADMIN: readSeal moveSeal listServiceKeys rotateServiceKey
            ADMIN OPERATOR USER READ_ONLY AUDITOR: explainAccess
            ADMIN AUDITOR: listGrants listAssignments listRoles readRole whoMay
            ADMIN: listTenants createTenant readTenant updateTenant deleteTenant suspendTenant activateTenant
            ADMIN: ownUsage tenantUsage
            ADMIN: tenantQuotas limitTenant listTenantUsers addTenantUser removeTenantUser
            ADMIN: createGrant deleteGrant createAssignment deleteAssignment createRole updateRole deleteRole
            """;

    private static final List<String> ROLES =
            List.of("READ_ONLY", "AUDITOR", "USER", "OPERATOR", "ADMIN");

    @TempDir static Path folder;
    private static LiveServer server;
    private static List<Operation> operations;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "100000", "--rate-heavy", "100000");
        var admin = server.setUp();
        for (var role : ROLES) {
            if (!role.equals("ADMIN")) {
                server.person(admin, role);
            }
        }
        operations = ApiDocument.read().operations();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_table_names_every_operation_once() {
        var named = new ArrayList<String>();
        TABLE.lines().forEach(line -> named.addAll(words(line.substring(line.indexOf(':') + 1))));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        operations.stream().map(Operation::id).toList());
    }

    @Test
    void who_is_nobody_is_told_to_sign_in_everywhere_but_at_the_door() throws Exception {
        var wrong = new TreeMap<String, String>();
        for (var operation : operations) {
            int status = status(server.nobody(), operation);
            boolean open = allowed(operation).contains("everybody");
            if (open == (status == 401 || status == 403) || (!open && status != 401)) {
                wrong.put(operation.id(), "answers " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// Every address leads to nothing and every body is empty: a refusal that is not decided first shows as 404 or 400.
    @Test
    void every_role_may_call_what_the_table_says_and_is_refused_before_any_look() throws Exception {
        var wrong = new TreeMap<String, String>();
        for (var role : ROLES) {
            var person = signedIn(role);
            for (var operation : operations) {
                var found = answer(person, operation);
                var allowed = allowed(operation);
                boolean may = allowed.contains(role) || allowed.contains("everybody");
                boolean right =
                        may
                                ? found.status() != 401 && found.status() != 403
                                : found.status() == 403 && found.code().equals("not-permitted");
                if (!right) {
                    wrong.put(
                            role + " " + operation.id(),
                            (may ? "may, but: " : "may not, but: ") + found);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_token_does_what_its_scope_names_and_nothing_else() throws Exception {
        var admin = signedIn("ADMIN");
        var permissions =
                operations.stream()
                        .map(Operation::permission)
                        .filter(name -> !name.equals("PUBLIC") && !name.equals("SIGNED_IN"))
                        .collect(Collectors.toCollection(TreeSet::new));
        var wrong = new TreeMap<String, String>();
        for (var scope : permissions) {
            var program = admin.program(token(admin, scope));
            for (var operation : operations) {
                if (!permissions.contains(operation.permission())) {
                    continue;
                }
                var found = answer(program, operation);
                boolean may = operation.permission().equals(scope);
                if (may == (found.status() == 401 || found.status() == 403)
                        || (!may && !found.code().equals("not-permitted"))) {
                    wrong.put(scope + " " + operation.id(), found.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void exactly_what_the_contract_marks_asks_for_the_password_again() throws Exception {
        var admin = signedIn("ADMIN");
        server.wait(Duration.ofMinutes(6));
        var wrong = new TreeMap<String, String>();
        for (var operation : operations) {
            if (!operation.isPublic()) {
                var found = answer(admin, operation);
                if (found.code().equals("step-up-required") != operation.asksForPassword()) {
                    wrong.put(operation.id(), found.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String token(Person admin, String scope)
            throws IOException, InterruptedException {
        return admin.post(
                        "/api/tokens",
                        Map.of("name", scope, "permissions", List.of(scope), "expiresInDays", 1))
                .requireStatus(201)
                .json()
                .path("secret")
                .asString();
    }

    /// @param code of the problem, empty when it is none
    private record Found(int status, String code) {}

    private static Found answer(Person person, Operation operation)
            throws IOException, InterruptedException {
        if (operation.id().equals("events")) {
            return new Found(status(person, operation), "");
        }
        if (operation.id().equals("signOut") || operation.id().equals("signOutForm")) {
            return leaving(person, operation);
        }
        var reply = call(person, operation);
        return new Found(reply.status(), reply.code());
    }

    /// Signs somebody else out: the person is still needed.
    private static Found leaving(Person person, Operation operation)
            throws IOException, InterruptedException {
        var name = person.get("/api/me").json().path("username").asString();
        var another = server.nobody();
        another.signIn(name, Person.PASSWORD).requireStatus(200);
        var reply = call(another, operation);
        return new Found(reply.status(), reply.code());
    }

    private static Reply call(Person person, Operation operation)
            throws IOException, InterruptedException {
        return person.send(
                operation.method(),
                operation.pathToNothing(),
                body(operation),
                Map.of("If-Match", "\"1\""));
    }

    private static int status(Person person, Operation operation)
            throws IOException, InterruptedException {
        return person.status(operation.method(), operation.pathToNothing(), body(operation));
    }

    private static Optional<Object> body(Operation operation) {
        return operation.body().containsKey("requestBody") ? Optional.of("{}") : Optional.empty();
    }

    private static Person signedIn(String role) throws IOException, InterruptedException {
        var person = server.nobody();
        var name =
                role.equals("ADMIN")
                        ? LiveServer.ADMIN
                        : role.toLowerCase(Locale.ROOT).replace('_', '-');
        person.signIn(name, Person.PASSWORD).requireStatus(200);
        return person;
    }

    /// {@return the roles of the operation's line, or `everybody`}
    private static List<String> allowed(Operation operation) {
        return TABLE.lines()
                .filter(line ->
                        words(line.substring(line.indexOf(':') + 1)).contains(operation.id()))
                .flatMap(line -> words(line.substring(0, line.indexOf(':'))).stream())
                .toList();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split(" ", -1));
    }
}
