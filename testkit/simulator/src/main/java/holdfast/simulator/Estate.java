package holdfast.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The simulated site: domains, the rows that SDDC Manager keeps, and what the components themselves accept.
///
/// Methods are things that happen in the site without the client's doing. Safe to call from many threads.
public final class Estate {
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Credential> rows = new LinkedHashMap<>();
    private final Map<String, String> accepted = new LinkedHashMap<>();
    private final Map<String, WorkloadDomain> domains = new LinkedHashMap<>();

    Estate(EstatePlan plan, Seed seed, InstantSource clock) {
        this.clock = clock;
        this.random = seed.random("estate");
        plan.domains().forEach(domain -> domains.put(domain.name(), domain));
        plan.credentials().forEach(this::put);
    }

    /// In the appliance's order.
    public synchronized List<Credential> credentials() {
        return List.copyOf(rows.values());
    }

    public synchronized Optional<Credential> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    public synchronized Optional<Credential> find(
            String type, String name, String credentialType, String username) {
        return rows.values().stream()
                .filter(row -> row.is(type, name, credentialType, username))
                .findFirst();
    }

    /// @throws NoSuchElementException when there is no such row
    public Credential require(String id) {
        return find(id).orElseThrow(() -> new NoSuchElementException("no credential " + id));
    }

    /// What the component accepts now; differs from the row after [#setComponentPassword].
    public synchronized String componentPassword(String id) {
        require(id);
        return accepted.getOrDefault(id, "");
    }

    /// SDDC Manager rotates by itself: component and row get the same new value, which is returned.
    public synchronized String rotate(String id) {
        var fresh = generatePassword();
        setPassword(id, fresh);
        return fresh;
    }

    /// Component and row get `password`.
    public synchronized void setPassword(String id, String password) {
        rows.put(id, require(id).withPassword(password, clock.instant()));
        accepted.put(id, password);
    }

    /// Somebody changes the password on the component; the row is out of date from now on.
    public synchronized void setComponentPassword(String id, String password) {
        require(id);
        accepted.put(id, password);
    }

    public synchronized void setExpiry(String id, Instant expires) {
        replace(id, row -> row.withExpiry(expires));
    }

    /// Changes a row in any other way.
    public synchronized void replace(String id, UnaryOperator<Credential> change) {
        rows.put(id, change.apply(require(id)));
    }

    public synchronized void add(Credential credential) {
        put(credential);
    }

    private void put(Credential credential) {
        rows.put(credential.id(), credential);
        accepted.put(credential.id(), credential.password());
    }

    public synchronized void remove(String id) {
        require(id);
        rows.remove(id);
        accepted.remove(id);
    }

    /// A machine is decommissioned. Returns how many rows went.
    public synchronized int removeComponent(String name) {
        var gone =
                rows.values().stream().filter(row -> row.component().name().equals(name)).toList();
        gone.forEach(row -> remove(row.id()));
        return gone.size();
    }

    /// Keeps the first `count` rows.
    public synchronized void truncate(int count) {
        new ArrayList<>(rows.keySet()).stream().skip(count).forEach(this::remove);
    }

    public synchronized List<WorkloadDomain> domains() {
        return List.copyOf(domains.values());
    }

    public synchronized void setDomainStatus(String name, String status) {
        domains.computeIfPresent(name, (_, domain) -> domain.withStatus(status));
    }

    /// The domain disappears from the list of domains; its rows stay until they are removed.
    public synchronized void removeDomain(String name) {
        domains.remove(name);
    }

    /// FQDN of the SDDC Manager.
    public String managerName() {
        return "sfo-vcf01.rainpole.io";
    }

    synchronized String generatePassword() {
        return Passwords.generated(random);
    }

    synchronized String newId() {
        return Seed.id(random);
    }

    /// When expiry was asked of the components of `ids`.
    synchronized void checked(Collection<String> ids, Instant at) {
        ids.forEach(id -> rows.computeIfPresent(id, (_, row) -> row.withCheck(at)));
    }
}
