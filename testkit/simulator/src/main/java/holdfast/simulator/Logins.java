package holdfast.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may log in to the appliance, and who has tried too often. Safe to call from many threads.
///
/// SSO administrators log in with what their PSC component accepts, so a rotation changes their login.
final class Logins {
    static final String LOCAL_ADMIN = "admin@local";

    /// Logs in by [#apiKey] alone.
    private static final User SERVICE = new User("service@vsphere.local", "", "ADMIN");

    private final Estate estate;
    private final Switches switches;
    private final String apiKey;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    /// @param localAdmin password of `admin@local`
    /// @param apiKey     of a service user with the role ADMIN
    Logins(Estate estate, Switches switches, String localAdmin, String apiKey, User configured) {
        this.estate = estate;
        this.switches = switches;
        this.apiKey = apiKey;
        List.of(
                        new User(LOCAL_ADMIN, localAdmin, "ADMIN"),
                        new User("operator@vsphere.local", configured.password(), "OPERATOR"),
                        new User("viewer@vsphere.local", configured.password(), "VIEWER"),
                        new User("nobody@vsphere.local", configured.password(), "NONE"),
                        configured)
                .forEach(user -> users.put(user.name(), user));
        administrator(configured.name())
                .ifPresent(row -> estate.setPassword(row.id(), configured.password()));
    }

    /// @throws Refused 401 (or 400): wrong, locked, or without a role
    synchronized User login(String name, String password) {
        var user = find(name).filter(known -> known.password().equals(password) && !isLocked(name));
        if (user.isEmpty()) {
            failures.merge(name, 1, Integer::sum);
            throw refusal(
                    name, isLocked(name) ? "The account is locked" : "User is not authorized");
        }
        failures.remove(name);
        if (user.get().role().equals("NONE")) {
            throw refusal(name, "User is not authorized", switches.setting(Switch.NO_ROLE_CODE));
        }
        return user.get();
    }

    /// @throws Refused 401 (or 400) for another key than that of the service user
    User loginByKey(String key) {
        if (!key.equals(apiKey)) {
            throw refusal("", "User is not authorized");
        }
        return SERVICE;
    }

    String apiKey() {
        return apiKey;
    }

    /// Whether `name` has used up the attempts that [Switch#LOCK_AFTER] grants.
    synchronized boolean isLocked(String name) {
        int limit = switches.number(Switch.LOCK_AFTER);
        return limit > 0 && failures.getOrDefault(name, 0) >= limit;
    }

    synchronized String localAdminPassword() {
        return find(LOCAL_ADMIN).map(User::password).orElse("");
    }

    /// Whether `admin@local` may log in.
    synchronized boolean isLocalAdminConfigured() {
        return users.containsKey(LOCAL_ADMIN);
    }

    /// `admin@local` gets this password, and may log in from now on.
    synchronized void configureLocalAdmin(String password) {
        users.put(LOCAL_ADMIN, new User(LOCAL_ADMIN, password, "ADMIN"));
    }

    synchronized void disableLocalAdmin() {
        users.remove(LOCAL_ADMIN);
    }

    synchronized void add(User user) {
        users.put(user.name(), user);
    }

    private Optional<User> find(String name) {
        return administrator(name)
                .map(row -> new User(name, estate.componentPassword(row.id()), "ADMIN"))
                .or(() -> Optional.ofNullable(users.get(name)));
    }

    private Optional<Credential> administrator(String name) {
        return estate.credentials().stream()
                .filter(row -> row.component().type().equals("PSC"))
                .filter(row -> row.account().username().equals(name))
                .findFirst();
    }

    private Refused refusal(String name, String message) {
        return refusal(name, message, "IDENTITY_UNAUTHORIZED_ENTITY");
    }

    private Refused refusal(String name, String message, String code) {
        return new Refused(
                new Trouble(
                                code,
                                "AUTHENTICATION",
                                message,
                                "Check the user and its role in SDDC Manager.",
                                List.of(name))
                        .reply(switches.number(Switch.LOGIN_REFUSAL)));
    }
}
