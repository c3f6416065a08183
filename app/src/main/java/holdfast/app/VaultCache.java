package holdfast.app;

import holdfast.health.Gauge;
import holdfast.health.Health;
import holdfast.vault.VaultRoom;
import java.util.Map;
import java.util.Optional;

/// What system health and metrics tell of the vault's cache of ciphertext.
record VaultCache(VaultRoom vault) implements Health.Check {
    @Override
    public String name() {
        return "vault-cache";
    }

    @Override
    public Health.Component look() {
        var figures = vault.cache();
        long percent = Math.round(figures.hitRate() * 100);
        return new Health.Component(
                name(),
                Health.Status.HEALTHY,
                "%,d of %,d reads of secrets found their ciphertext in memory."
                        .formatted(figures.hits(), figures.hits() + figures.misses()),
                Optional.empty(),
                Map.of(
                        "entries",
                        figures.size(),
                        "hits",
                        figures.hits(),
                        "misses",
                        figures.misses(),
                        "hitRate",
                        percent + " %",
                        "evictions",
                        figures.evictions()));
    }

    Gauge gauge() {
        return new Gauge(
                "holdfast_vault_cache",
                "figure",
                () -> {
                    var figures = vault.cache();
                    return Map.of(
                            "entries", figures.size(),
                            "hits", figures.hits(),
                            "misses", figures.misses(),
                            "evictions", figures.evictions());
                });
    }
}
