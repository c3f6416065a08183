package holdfast.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a simulator is like when it starts.
///
/// @param port        0 for any that is free
/// @param controlPort of the control over plain HTTP, 0 for any that is free, -1 for none
/// @param credentials 0 to 20,000
/// @param seed        the same seed gives the same site
/// @param user        who may log in as ADMIN
/// @param names       host names and IP addresses in the certificate
public record SimulatorOptions(
        InstantSource clock,
        int port,
        int controlPort,
        Role role,
        Version version,
        int credentials,
        long seed,
        String user,
        String password,
        CertificateShape certificate,
        List<String> names,
        TlsMode tls,
        Map<Switch, String> switches,
        List<Fault> faults) {
    static final int MOST_CREDENTIALS = 20_000;

    public SimulatorOptions {
        role.requireIn(version);
        names = List.copyOf(names);
        switches = Map.copyOf(switches);
        faults = List.copyOf(faults);
        if (credentials < 0 || credentials > MOST_CREDENTIALS) {
            throw new IllegalArgumentException(
                    "credentials: must be 0-20000, is '" + credentials + "'");
        }
    }

    /// An SDDC Manager 9.0.2 with 37 credentials on a free port, without control port.
    public static SimulatorOptions defaults(InstantSource clock) {
        return new SimulatorOptions(
                clock,
                0,
                -1,
                Role.SDDC_MANAGER,
                Version.V9_0_2,
                37,
                2026,
                "svc-holdfast@vsphere.local",
                "Simulated!2026#Pw",
                CertificateShape.USUAL,
                List.of("localhost", "sfo-vcf01.rainpole.io", "127.0.0.1"),
                TlsMode.TLS_1_2_AND_1_3,
                Map.of(),
                List.of());
    }

    public SimulatorOptions withPorts(int other, int control) {
        return new SimulatorOptions(
                clock,
                other,
                control,
                role,
                version,
                credentials,
                seed,
                user,
                password,
                certificate,
                names,
                tls,
                switches,
                faults);
    }

    /// Installer and fleet management are logged in to as `admin@local`, Cloud Builder and Operations as `admin`.
    public SimulatorOptions withAppliance(Role otherRole, Version otherVersion) {
        var login =
                switch (otherRole) {
                    case SDDC_MANAGER -> user;
                    case INSTALLER, FLEET_MANAGEMENT -> "admin@local";
                    case CLOUD_BUILDER, OPERATIONS -> "admin";
                };
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                otherRole,
                otherVersion,
                credentials,
                seed,
                login,
                password,
                certificate,
                names,
                tls,
                switches,
                faults);
    }

    public SimulatorOptions withCredentials(int count, long otherSeed) {
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                count,
                otherSeed,
                user,
                password,
                certificate,
                names,
                tls,
                switches,
                faults);
    }

    public SimulatorOptions withLogin(String otherUser, String otherPassword) {
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                credentials,
                seed,
                otherUser,
                otherPassword,
                certificate,
                names,
                tls,
                switches,
                faults);
    }

    public SimulatorOptions withCertificate(CertificateShape shape, List<String> otherNames) {
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                credentials,
                seed,
                user,
                password,
                shape,
                otherNames,
                tls,
                switches,
                faults);
    }

    public SimulatorOptions withTls(TlsMode mode) {
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                credentials,
                seed,
                user,
                password,
                certificate,
                names,
                mode,
                switches,
                faults);
    }

    /// Adds to the switches that are set.
    public SimulatorOptions withSwitch(Switch which, String setting) {
        var more = new EnumMap<Switch, String>(Switch.class);
        more.putAll(switches);
        more.put(which, setting);
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                credentials,
                seed,
                user,
                password,
                certificate,
                names,
                tls,
                more,
                faults);
    }

    /// Adds to the faults that are on.
    public SimulatorOptions withFault(Fault fault) {
        var more = new ArrayList<>(faults);
        more.add(fault);
        return new SimulatorOptions(
                clock,
                port,
                controlPort,
                role,
                version,
                credentials,
                seed,
                user,
                password,
                certificate,
                names,
                tls,
                switches,
                more);
    }

    @Override
    public String toString() {
        return "SimulatorOptions[%s %s, %d credentials, seed %d]"
                .formatted(role, version, credentials, seed);
    }
}
