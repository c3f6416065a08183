package holdfast.simulator;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the appliance says about itself and its domains.
final class InventoryRoutes {
    private static final String ADDRESS = "10.0.0.4";
    private static final List<String> TYPES = List.of("MANAGEMENT", "VI");

    private final World world;
    private final Supplier<Role> role;

    InventoryRoutes(World world, Supplier<Role> role) {
        this.world = world;
        this.role = role;
    }

    List<Route> routes() {
        var domains = Route.sddc("GET", "/v1/domains", Access.SIGNED_IN, this::domains);
        return List.of(
                Route.sddc("GET", "/v1/system/appliance-info", Access.MAYBE_PUBLIC, this::info)
                        .on(Role.SDDC_MANAGER, Role.INSTALLER)
                        .since(Version.V9_0_2),
                Route.sddc("GET", "/v1/system/security/fips", Access.SIGNED_IN, _ -> fips()),
                Route.sddc("GET", "/v1/sddc-managers", Access.SIGNED_IN, _ -> managers()),
                Route.sddc("GET", "/v1/sddc-managers/{id}", Access.SIGNED_IN, this::manager),
                world.version().isAtLeast(Version.V9_1_0)
                        ? domains.taking(
                                "type",
                                "name",
                                "vcFqdn",
                                "vcInstanceId",
                                "isManagementSsoDomain",
                                "pageNumber",
                                "pageSize",
                                "useCache")
                        : domains.taking("type"),
                Route.sddc("GET", "/v1/domains/{id}", Access.SIGNED_IN, this::domain),
                Route.sddc(
                                "GET",
                                "/v1/sddc-manager/local-os-user-accounts",
                                Access.SIGNED_IN,
                                _ -> osAccounts())
                        .since(Version.V5_1_1));
    }

    private Reply info(Route.Call call) {
        var info = Json.object();
        info.put("role", role.get().wire());
        info.put("version", world.version().build());
        if (world.version().isAtLeast(Version.V9_1_0)) {
            info.put("dnsDomain", "rainpole.io");
            info.putArray("dnsServers").add("10.0.0.250");
            info.putArray("ntpServers").add("10.0.0.251");
            info.putArray("ipAddresses").add(ADDRESS);
        }
        return Reply.json(200, info);
    }

    private Reply fips() {
        boolean on = world.switches().is(Switch.FIPS, "on");
        return Reply.json(200, Json.object().put("enabled", on));
    }

    private Reply managers() {
        var page = Pages.whole(List.of(managerJson()), node -> node);
        if (world.switches().is(Switch.MANAGER_METADATA, "absent")) {
            page.remove("pageMetadata");
        }
        return Reply.json(200, page);
    }

    private Reply manager(Route.Call call) {
        var manager = managerJson();
        if (!call.segment("id").equals(manager.path("id").stringValue())) {
            throw Refused.notFound("SDDC Manager was not found.");
        }
        return Reply.json(200, manager);
    }

    private ObjectNode managerJson() {
        var manager = Json.object();
        manager.put("id", world.seed().id("sddc-manager"));
        manager.put("fqdn", world.estate().managerName());
        manager.put("version", world.version().build());
        manager.put("ipAddress", ADDRESS);
        world.estate().domains().stream()
                .filter(domain -> domain.type().equals("MANAGEMENT"))
                .findFirst()
                .ifPresent(domain ->
                        manager.putObject("domain")
                                .put("id", domain.id())
                                .put("name", domain.name())
                                .put("type", domain.type()));
        manager.putObject("basicAuthDetails").put("status", "DISABLED").put("username", "admin");
        return manager;
    }

    private Reply domains(Route.Call call) {
        call.flag("useCache");
        var wanted = world.estate().domains().stream().filter(filter(call)).toList();
        if (world.version().isAtLeast(Version.V9_1_0)) {
            return Reply.json(200, Pages.page(wanted, Pages.Asked.of(call), this::json));
        }
        var page = Pages.whole(wanted, this::json);
        page.remove("pageMetadata");
        return Reply.json(200, page);
    }

    private Predicate<WorkloadDomain> filter(Route.Call call) {
        Predicate<WorkloadDomain> wanted = _ -> true;
        var type = call.parameter("type");
        if (type.isPresent()) {
            if (!TYPES.contains(type.get())) {
                throw Refused.badRequest("type must be one of " + TYPES + ".");
            }
            wanted = wanted.and(domain -> domain.type().equals(type.get()));
        }
        var name = call.parameter("name");
        if (name.isPresent()) {
            wanted = wanted.and(domain -> domain.name().equals(name.get()));
        }
        var vcenter = call.parameter("vcFqdn");
        if (vcenter.isPresent()) {
            wanted = wanted.and(domain -> domain.vcenter().equals(vcenter.get()));
        }
        var instance = call.parameter("vcInstanceId");
        if (instance.isPresent()) {
            wanted = wanted.and(domain -> instanceId(domain).equals(instance.get()));
        }
        var sso = call.flag("isManagementSsoDomain");
        return sso.isEmpty() ? wanted : wanted.and(domain -> domain.managementSso() == sso.get());
    }

    private String instanceId(WorkloadDomain domain) {
        return world.seed().id("vcenter instance " + domain.name());
    }

    private Reply domain(Route.Call call) {
        return world.estate().domains().stream()
                .filter(domain -> domain.id().equals(call.segment("id")))
                .findFirst()
                .map(domain -> Reply.json(200, json(domain)))
                .orElseThrow(() -> Refused.notFound("Domain was not found."));
    }

    private JsonNode json(WorkloadDomain domain) {
        var seed = world.seed();
        var json = Json.object();
        json.put("id", domain.id()).put("name", domain.name());
        json.put("status", domain.status()).put("type", domain.type());
        json.put("ssoId", seed.id("sso " + domain.ssoDomain()));
        json.put("ssoName", domain.ssoDomain());
        json.put("isManagementSsoDomain", domain.managementSso());
        json.putArray("vcenters")
                .addObject()
                .put("id", seed.id("vcenter " + domain.name()))
                .put("fqdn", domain.vcenter())
                .put("vcInstanceId", instanceId(domain));
        if (world.version().isAtLeast(Version.V5_2_1)) {
            json.put("elmStatus", "ISOLATED").put("upgradeState", "AVAILABLE");
        }
        json.putArray("clusters")
                .addObject()
                .put("id", seed.id("cluster " + domain.name()))
                .put("name", domain.name() + "-cl01");
        json.putObject("nsxtCluster")
                .put("id", seed.id("nsx " + domain.nsx()))
                .put("vipFqdn", domain.nsx());
        return json;
    }

    /// A bare array, without passwords.
    private Reply osAccounts() {
        var accounts = Json.array();
        for (var name : List.of("root", "vcf", "backup")) {
            var account = accounts.addObject();
            if (world.version().isAtLeast(Version.V9_1_1)) {
                account.put("lockedOut", false);
            }
            account.put("username", name)
                    .put("lastPasswordChange", "Jan 22, 2026")
                    .put("passwordExpiresAt", name.equals("root") ? "Dec 24, 2026" : "never")
                    .put("passwordInactiveAt", "never")
                    .put("accountExpiresAt", "never")
                    .put("maxDaysBetweenPasswordChange", 90)
                    .put("minDaysBetweenPasswordChange", 0)
                    .put("warnDaysBeforePasswordExpiration", 7);
        }
        return Reply.json(200, accounts);
    }
}
