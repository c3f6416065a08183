package holdfast.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays out a believable site: a management domain, then as many workload domains as the number of credentials needs.
final class EstatePlan {
    private static final List<String> SITES = List.of("sfo", "lax", "nyc", "fra", "tyo", "lon");
    private static final int DOMAINS_PER_SITE = 24;
    private static final int MANAGEMENT = 24; // first rows, which have not expired
    private static final Duration AGE = Duration.ofDays(300);

    /// Far in the future means never.
    static final Instant NEVER = Instant.parse("2297-01-01T00:00:00Z");

    private final Version version;
    private final Seed seed;
    private final Instant now;
    private final int wanted;
    private final List<WorkloadDomain> domains = new ArrayList<>();
    private final List<Credential> credentials = new ArrayList<>();

    /// @param wanted number of credentials
    EstatePlan(Version version, Seed seed, int wanted, Instant now) {
        this.version = version;
        this.seed = seed;
        this.wanted = wanted;
        this.now = now;
        layOut();
    }

    List<WorkloadDomain> domains() {
        return List.copyOf(domains);
    }

    List<Credential> credentials() {
        return List.copyOf(credentials.subList(0, wanted));
    }

    private void layOut() {
        management();
        for (int index = 1; credentials.size() < wanted; index++) {
            workload(index);
        }
    }

    private void management() {
        var domain = domain("sfo-m01", "MANAGEMENT", "vsphere.local", true, "sfo-m01-nsx01");
        var names = List.of(domain.name());
        vcenter(domain);
        add("PSC", domain.vcenter(), names, "SSO", "SYSTEM", "administrator@vsphere.local");
        nsx("NSXT_MANAGER", domain.nsx(), names);
        add("BACKUP", "sfo-vcf01.rainpole.io", names, "FTP", "SYSTEM", "backup");
        hosts("sfo01-m01", 4, names);
        edges("sfo-m01", names);
        if (version.isAtLeast(Version.V5_2_1)) {
            add("NSX_ALB", "sfo-m01-alb01.rainpole.io", names, "API", "SYSTEM", "admin");
            add(
                    "NSX_ALB",
                    "sfo-m01-alb01.rainpole.io",
                    names,
                    "SSO",
                    "SERVICE",
                    "svc-alb-sfo-m01@vsphere.local");
        }
        if (!version.hasInstaller()) {
            add("VRSLCM", "xint-vrslcm01.rainpole.io", names, "SSH", "SYSTEM", "root");
            add("VRSLCM", "xint-vrslcm01.rainpole.io", names, "API", "SYSTEM", "vcfadmin@local");
            suite("VROPS", "xint-vrops01.rainpole.io", names);
            suite("VRLI", "sfo-vrli01.rainpole.io", names);
            suite("VRA", "xint-vra01.rainpole.io", names);
            suite("WSA", "sfo-wsa01.rainpole.io", names);
        }
        if (version.isAtLeast(Version.V9_1_0)) {
            add("VSP", "flt-vsp01.rainpole.io", names, "SSH", "SYSTEM", "vmware-system-user");
        }
    }

    private void suite(String type, String name, List<String> domainNames) {
        add(type, name, domainNames, "SSH", "SYSTEM", "root");
        add(type, name, domainNames, "API", "SYSTEM", "admin");
    }

    /// Every third workload domain has an SSO of its own; every fourth shares the NSX of the one before.
    private void workload(int index) {
        var site = SITES.get((index - 1) / DOMAINS_PER_SITE % SITES.size());
        var name = "%s-w%02d".formatted(site, index);
        boolean isolated = index % 3 == 0;
        boolean shares = index % 4 == 0;
        var previous = domains.getLast();
        var domain =
                domain(
                        name,
                        "VI",
                        isolated ? name + ".local" : "vsphere.local",
                        !isolated,
                        shares ? previous.nsx().replace(".rainpole.io", "") : name + "-nsx01");
        var names = List.of(name);
        vcenter(domain);
        if (isolated) {
            add(
                    "PSC",
                    domain.vcenter(),
                    names,
                    "SSO",
                    "SYSTEM",
                    "administrator@" + name + ".local");
        }
        if (shares) {
            share(domain, previous);
        } else {
            nsx("NSXT_MANAGER", domain.nsx(), names);
        }
        hosts("%s01-w%02d".formatted(site, index), hostsPerDomain(), names);
        edges(name, names);
    }

    private int hostsPerDomain() {
        return wanted <= 500 ? 8 : wanted <= 5_000 ? 24 : 64;
    }

    private WorkloadDomain domain(
            String name, String type, String ssoDomain, boolean managementSso, String nsx) {
        var domain =
                new WorkloadDomain(
                        seed.id("domain " + name),
                        name,
                        type,
                        "ACTIVE",
                        ssoDomain,
                        managementSso,
                        name + "-vc01.rainpole.io",
                        nsx + ".rainpole.io");
        domains.add(domain);
        return domain;
    }

    private void vcenter(WorkloadDomain domain) {
        var names = List.of(domain.name());
        add("VCENTER", domain.vcenter(), names, "SSH", "USER", "root");
        add(
                "VCENTER",
                domain.vcenter(),
                names,
                "SSO",
                "SERVICE",
                "svc-sfo-vcf01-%s-vc01@%s".formatted(domain.name(), domain.ssoDomain()));
    }

    private void nsx(String type, String name, List<String> domainNames) {
        add(type, name, domainNames, "SSH", "SYSTEM", "root");
        add(type, name, domainNames, "API", "SYSTEM", "admin");
        add(type, name, domainNames, "AUDIT", "SYSTEM", "audit");
    }

    private void share(WorkloadDomain domain, WorkloadDomain owner) {
        credentials.replaceAll(row -> {
            var component = row.component();
            if (!component.name().equals(owner.nsx())) {
                return row;
            }
            var both = new ArrayList<>(component.domains());
            both.add(domain.name());
            return row.withComponent(
                    new Component(
                            component.id(),
                            component.name(),
                            component.ip(),
                            component.type(),
                            both));
        });
    }

    private void hosts(String prefix, int count, List<String> domainNames) {
        for (int host = 1; host <= count; host++) {
            var name = "%s-esx%02d".formatted(prefix, host);
            add("ESXI", name + ".rainpole.io", domainNames, "SSH", "USER", "root");
            add("ESXI", name + ".rainpole.io", domainNames, "SSH", "SERVICE", "svc-vcf-" + name);
        }
    }

    private void edges(String prefix, List<String> domainNames) {
        nsx("NSXT_EDGE", prefix + "-en01.rainpole.io", domainNames);
        nsx("NSXT_EDGE", prefix + "-en02.rainpole.io", domainNames);
    }

    private void add(
            String type,
            String name,
            List<String> domainNames,
            String credentialType,
            String accountType,
            String username) {
        var key = String.join("|", type, name, credentialType, username);
        int ordinal = credentials.size();
        var account = new Account(credentialType, accountType, username);
        var component =
                new Component(
                        seed.id("resource " + type + name), name, ip(ordinal), type, domainNames);
        var created = now.minus(AGE).plusMillis(ordinal * 37L);
        credentials.add(
                new Credential(
                        seed.id(key),
                        component,
                        account,
                        password(key, type, ordinal),
                        created,
                        created.plus(
                                Duration.ofHours(seed.random("modified " + key).nextInt(7_000))),
                        expires(key, account),
                        null,
                        rotation(key, type, account)));
    }

    /// Awkward values: often in the first rows, then now and then; never on accounts that log in.
    private String password(String key, String type, int ordinal) {
        boolean awkward = ordinal < 60 ? ordinal % 4 == 3 : ordinal % 53 == 7;
        if (!awkward || type.equals("PSC") || type.equals("VCENTER")) {
            return Passwords.generated(seed.random("password " + key));
        }
        var base =
                Passwords.AWKWARD.get(
                        (ordinal < 60 ? ordinal / 4 : ordinal) % Passwords.AWKWARD.size());
        return ordinal < 60 ? base : base + ordinal;
    }

    private Instant expires(String key, Account account) {
        int dice = seed.random("expiry " + key).nextInt(100);
        if (account.isService() || dice < 10) {
            return NEVER;
        }
        boolean over = dice < 13 && credentials.size() >= MANAGEMENT;
        long days = over ? -dice : dice < 22 ? dice - 9 : dice + 30;
        return now.plus(Duration.ofDays(days == 0 ? 1 : days));
    }

    private @Nullable AutoRotate rotation(String key, String type, Account account) {
        boolean byDefault = account.isService() && type.equals("VCENTER");
        boolean chosen = type.startsWith("NSXT_") && account.username().equals("admin");
        if (!byDefault && !chosen) {
            return null;
        }
        int days = byDefault ? 30 : 60;
        int in = 1 + seed.random("rotation " + key).nextInt(days);
        return new AutoRotate(days, now.plus(Duration.ofDays(in)));
    }

    private static String ip(int ordinal) {
        return "10.%d.%d.%d".formatted(ordinal / 62_500, ordinal / 250 % 250, 4 + ordinal % 250);
    }
}
