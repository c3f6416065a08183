package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import holdfast.outbound.AddressPolicy;
import holdfast.outbound.GuardedOutbound;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Version;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;

/// A simulated appliance and the real client, which trusts its certificate by fingerprint.
final class Appliance implements AutoCloseable {
    private final Simulator simulator;
    private final Pace pace;

    private Appliance(Simulator simulator, Duration deadline, int pageSize) {
        this.simulator = simulator;
        this.pace =
                new Pace(
                        Duration.ofSeconds(5),
                        deadline,
                        List.of(Duration.ofMillis(5), Duration.ofMillis(5)),
                        Duration.ofMillis(2),
                        16L * 1024 * 1024,
                        pageSize);
    }

    static Appliance of(Role role, Version version) {
        return of(role, version, 0);
    }

    /// @param pageSize rows that the client asks for at a time
    static Appliance of(Role role, Version version, int pageSize) {
        return new Appliance(simulator(role, version), Duration.ofSeconds(5), pageSize);
    }

    /// {@return one whose client gives up an answer soon, for answers that do not come}
    static Appliance impatiently(Role role, Version version) {
        return new Appliance(simulator(role, version), Duration.ofSeconds(1), 0);
    }

    private static Simulator simulator(Role role, Version version) {
        var options = SimulatorOptions.defaults(InstantSource.system());
        return Simulator.start(options.withAppliance(role, version));
    }

    Simulator simulator() {
        return simulator;
    }

    Fetched fetch() {
        return fetch(false);
    }

    Fetched fetch(boolean expiry) {
        var kind =
                simulator.role() == Role.INSTALLER ? SourceKind.INSTALLER : SourceKind.SDDC_MANAGER;
        return fetch(kind, simulator.user(), expiry);
    }

    Fetched fetch(SourceKind kind, String user, boolean expiry) {
        var outbound =
                new GuardedOutbound(new AddressPolicy(true, List.of()), InetAddress::getAllByName);
        var pin = new Trust(Trust.Mode.PIN, Optional.of(simulator.fingerprint()), Optional.empty());
        var address = new Address("localhost", simulator.port(), pin);
        try (var password = SecretBytes.ofUtf8(simulator.password())) {
            return Appliances.over(outbound, InstantSource.system(), pace, Thread::sleep)
                    .fetch(
                            new Appliances.Login(kind, address, user, password),
                            expiry,
                            (_, _) -> {});
        }
    }

    /// {@return why it could not be read}
    Failure refusal() {
        return refusal(() -> fetch());
    }

    static Failure refusal(java.util.function.Supplier<Fetched> reading) {
        var failed =
                Assertions.catchThrowableOfType(SourceFailed.class, () -> reading.get().close());
        Assertions.assertThat(failed).as("a reading that fails").isNotNull();
        return failed.failure();
    }

    /// {@return account → value, of rows that have one}
    static Map<String, String> values(Fetched fetched) {
        var values = new TreeMap<String, String>();
        for (var row : fetched.rows()) {
            var account = row.account();
            row.value()
                    .ifPresent(value ->
                            values.put(
                                    String.join(
                                            " ",
                                            account.resourceType(),
                                            account.resourceName(),
                                            account.credentialType(),
                                            account.username()),
                                    value.revealUtf8()));
        }
        return values;
    }

    /// {@return the same of what the appliance keeps}
    Map<String, String> truth() {
        var values = new TreeMap<String, String>();
        for (var row : simulator.estate().credentials()) {
            values.put(
                    String.join(
                            " ",
                            row.component().type(),
                            row.component().name(),
                            row.account().credentialType(),
                            row.account().username()),
                    row.password());
        }
        return values;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
