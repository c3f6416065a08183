package holdfast.infrastructure;

import holdfast.kernel.Micros;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds drift: the same account in both sources, values still from the bring-up, ends before the next rotation. Pure.
final class Findings {
    private Findings() {}

    /// What is now known of one credential.
    record Finding(Kept row, int drift, Optional<UUID> counterpart) {
        boolean isNews() {
            return drift != row.drift() || !counterpart.equals(row.counterpart());
        }
    }

    /// @param rows    all present ones of one environment
    /// @param leaving domains that SDDC Manager is deleting
    static List<Finding> of(List<Kept> rows, Set<String> leaving) {
        var installer = accounts(rows, SourceKind.INSTALLER);
        var manager = accounts(rows, SourceKind.SDDC_MANAGER);
        boolean both = !installer.isEmpty() && !manager.isEmpty();
        var findings = new ArrayList<Finding>();
        for (var row : rows) {
            var others = row.source() == SourceKind.INSTALLER ? manager : installer;
            var counterpart = Optional.ofNullable(others.get(row.account().folded()));
            findings.add(
                    new Finding(
                            row,
                            drift(row, counterpart, both, leaving),
                            counterpart.map(Kept::id)));
        }
        return findings;
    }

    /// {@return how many credentials of `kind` have a finding that asks for attention}
    static int asking(List<Finding> findings, SourceKind kind) {
        return (int)
                findings.stream()
                        .filter(finding ->
                                finding.row().source() == kind
                                        && (finding.drift() & Drift.ATTENTION) != 0)
                        .count();
    }

    private static Map<Found.Account, Kept> accounts(List<Kept> rows, SourceKind source) {
        var accounts = new HashMap<Found.Account, Kept>();
        rows.stream()
                .filter(row -> row.source() == source)
                .forEach(row -> accounts.putIfAbsent(row.account().folded(), row));
        return accounts;
    }

    private static int drift(
            Kept row, Optional<Kept> counterpart, boolean both, Set<String> leaving) {
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
