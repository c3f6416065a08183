package holdfast.administration;

import static holdfast.access.Action.MANAGE_SETTINGS;

import holdfast.access.Policy;
import holdfast.http.Etags;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.tenancy.Accent;
import holdfast.tenancy.Settings;
import holdfast.tenancy.Tenants;
import java.util.List;
import java.util.Optional;

/// HTTP to the settings of a tenant.
final class SettingsRoutes {
    private static final String PATH = "/api/settings";
    private static final String RESOURCE = "settings";

    private final Database database;
    private final Policy policy;
    private final Tenants tenants;
    private final Ledger ledger;

    SettingsRoutes(Database database, Policy policy, Tenants tenants, Ledger ledger) {
        this.database = database;
        this.policy = policy;
        this.tenants = tenants;
        this.ledger = ledger;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", PATH, MANAGE_SETTINGS, 0, Rate.API, this::read),
                new Route("PUT", PATH, MANAGE_SETTINGS, 4 * 1024, Rate.API, this::change));
    }

    private Response read(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_SETTINGS, RESOURCE);
        return answer(tenants.settings(permit.tenant()));
    }

    private Response change(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_SETTINGS, RESOURCE);
        var wanted = request.json(Change.class).at(Etags.expected(request));
        try {
            database.writePlatform(tx -> {
                policy.recheck(tx, permit);
                var next = tenants.change(tx, permit.tenant(), wanted);
                ledger.append(
                        tx, permit.principal(), new AdministrationEvent.SettingsChanged(next));
                return next;
            });
        } finally {
            tenants.refresh(permit.tenant());
        }
        return answer(tenants.settings(permit.tenant()));
    }

    private static Response answer(Settings settings) {
        return Response.json(settings).with("ETag", Etags.of(settings.version()));
    }

    /// @param accent as it is usually when absent: who wrote scripts before there were colours need not know
    record Change(
            int dueSoonDays,
            int sessionIdleMinutes,
            int sessionAbsoluteHours,
            int removalHoldPercent,
            int auditRetentionDays,
            Optional<Accent> accent) {
        Settings at(long version) {
            return new Settings(
                    dueSoonDays,
                    sessionIdleMinutes,
                    sessionAbsoluteHours,
                    removalHoldPercent,
                    auditRetentionDays,
                    accent.orElse(Settings.USUAL.accent()),
                    version);
        }
    }
}
