package holdfast.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// `GET /v1/credentials` and `/v1/credentials/{id}`, with passwords in the clear.
final class CredentialRoutes {
    private static final Set<String> ACCOUNT_TYPES = Set.of("USER", "SYSTEM", "SERVICE");

    private final World world;
    private final CredentialJson json;
    private final ListFaults faults;

    CredentialRoutes(World world) {
        this.world = world;
        this.json = new CredentialJson(world);
        this.faults = new ListFaults(world.faults());
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("GET", "/v1/credentials", Access.ADMIN, this::list)
                        .taking(
                                "resourceName",
                                "resourceIp",
                                "resourceType",
                                "domainName",
                                "accountType",
                                "pageNumber",
                                "pageSize"),
                Route.sddc("GET", "/v1/credentials/ui", Access.ADMIN, this::expiryOnly)
                        .taking("includeExpiryOnly"),
                Route.sddc("GET", "/v1/credentials/{id}", Access.ADMIN, this::one));
    }

    private Reply list(Route.Call call) {
        var wanted = filter(call);
        var asked = Pages.Asked.of(call);
        var rows = world.estate().credentials().stream().filter(wanted).toList();
        var striking = faults.striking(call.request());
        var ordered = isReversed(asked) ? rows.reversed() : rows;
        var page = faults.page(striking, ordered, asked, json::row);
        return Reply.json(200, page);
    }

    /// Turned about on every second page: no order is promised, so a walk may see rows twice and others never.
    private boolean isReversed(Pages.Asked asked) {
        return world.switches().is(Switch.LIST_ORDER, "reversed-by-page")
                && asked.number() % 2 == 1;
    }

    private Predicate<Credential> filter(Route.Call call) {
        Predicate<Credential> wanted = _ -> true;
        var type = call.parameter("resourceType");
        if (type.isPresent()) {
            RotationRequest.requireType(world.version(), type.get());
            wanted = wanted.and(row -> row.component().type().equals(type.get()));
        }
        var account = call.parameter("accountType");
        if (account.isPresent()) {
            if (!ACCOUNT_TYPES.contains(account.get())) {
                throw Refused.badRequest("accountType must be one of USER, SYSTEM, SERVICE.");
            }
            wanted = wanted.and(row -> row.account().accountType().equals(account.get()));
        }
        var name = call.parameter("resourceName");
        if (name.isPresent()) {
            wanted =
                    wanted.and(row ->
                            row.component().name().equals(name.get().toLowerCase(Locale.ROOT)));
        }
        var ip = call.parameter("resourceIp");
        if (ip.isPresent()) {
            wanted = wanted.and(row -> row.component().ip().equals(ip.get()));
        }
        var domain = call.parameter("domainName");
        return domain.isPresent()
                ? wanted.and(row -> row.component().domains().contains(domain.get()))
                : wanted;
    }

    /// Undocumented: used by the appliance's own pages.
    private Reply expiryOnly(Route.Call call) {
        if (!call.parameter("includeExpiryOnly").orElse("").equals("true")) {
            throw Refused.badRequest("includeExpiryOnly must be true.");
        }
        return Reply.json(
                200,
                Pages.whole(
                        world.estate().credentials(),
                        credential -> {
                            var row = json.row(credential).without("password");
                            return row;
                        }));
    }

    private Reply one(Route.Call call) {
        return world.estate()
                .find(call.segment("id"))
                .map(credential -> Reply.json(200, json.row(credential)))
                .orElseThrow(() -> Refused.notFound("Credential was not found."));
    }
}
