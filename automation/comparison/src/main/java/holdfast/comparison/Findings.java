package holdfast.comparison;

import holdfast.kernel.Micros;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds drift: the same account in both sources, values still from the bring-up, ends before the next rotation. Pure.
///
/// An Installer has few credentials, which are known beforehand; those of SDDC Manager come one after the other.
public final class Findings {
    private final Map<Found.Account, Kept> installer = new HashMap<>();
    private final List<Kept> ofInstaller;
    private final Set<String> leaving;

    /// Of SDDC Manager, those whose account the Installer has too.
    private final Map<Found.Account, Kept> shared = new HashMap<>();

    private final List<Finding> news = new ArrayList<>();
    private final Map<SourceKind, Integer> asking = new EnumMap<>(SourceKind.class);
    private boolean managerHasAny;

    /// @param installer present ones of the environment's Installer
    /// @param leaving   domains that SDDC Manager is deleting
    public Findings(List<Kept> installer, Set<String> leaving) {
        this.ofInstaller = List.copyOf(installer);
        this.leaving = leaving;
        installer.forEach(row -> this.installer.putIfAbsent(row.account().folded(), row));
    }

    /// What is now known of one state.
    public record Finding(UUID credential, long since, int drift, Optional<UUID> counterpart) {}

    /// Takes the present ones of SDDC Manager.
    public void take(Kept row) {
        managerHasAny = true;
        Optional<Kept> counterpart = Optional.empty();
        if (!installer.isEmpty()) {
            var account = row.account().folded();
            counterpart = Optional.ofNullable(installer.get(account));
            counterpart.ifPresent(_ -> shared.putIfAbsent(account, row));
        }
        found(row, counterpart, !installer.isEmpty());
    }

    /// Ends it, after the last of SDDC Manager.
    ///
    /// @return findings that are not yet noted
    public List<Finding> end() {
        ofInstaller.forEach(row ->
                found(row, Optional.ofNullable(shared.get(row.account().folded())), managerHasAny));
        return news;
    }

    /// {@return how many credentials of `kind` have a finding that asks for attention}
    public int asking(SourceKind kind) {
        return asking.getOrDefault(kind, 0);
    }

    private void found(Kept row, Optional<Kept> counterpart, boolean both) {
        int drift = drift(row, counterpart, both);
        var other = counterpart.map(Kept::id);
        if (drift != row.drift() || !other.equals(row.counterpart())) {
            news.add(new Finding(row.id(), row.since(), drift, other));
        }
        if ((drift & Drift.ATTENTION) != 0) {
            asking.merge(row.source(), 1, Integer::sum);
        }
    }

    private int drift(Kept row, Optional<Kept> counterpart, boolean both) {
        var found = EnumSet.noneOf(Drift.class);
        boolean fromInstaller = row.source() == SourceKind.INSTALLER;
        if (counterpart.isEmpty() && both) {
            found.add(fromInstaller ? Drift.ONLY_INSTALLER : Drift.ONLY_SDDC_MANAGER);
        }
        counterpart
                .filter(other -> other.mark().isPresent() && row.mark().isPresent())
                .ifPresent(other -> {
                    boolean same = other.mark().equals(row.mark());
                    if (same && !fromInstaller) {
                        found.add(Drift.STILL_BRING_UP);
                    }
                    if (!same && fromInstaller) {
                        found.add(Drift.CHANGED_SINCE_BRING_UP);
                    }
                });
        if (row.connectivity().equals("ERROR")) {
            found.add(Drift.CONNECTION_ERROR);
        }
        if (row.expires() < Kept.NEVER
                && row.nextRotation().filter(next -> Micros.of(next) > row.expires()).isPresent()) {
            found.add(Drift.EXPIRES_BEFORE_ROTATION);
        }
        if (!row.readable()) {
            found.add(Drift.NO_VALUE);
        }
        var domains = Kept.split(row.domains());
        if (!fromInstaller && !domains.isEmpty() && leaving.containsAll(domains)) {
            found.add(Drift.DOMAIN_LEAVING);
        }
        return Drift.bits(found);
    }
}
