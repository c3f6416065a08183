package holdfast.simulator;

import java.util.Arrays;
import java.util.List;

/// A release of VMware Cloud Foundation that the simulator can pretend to be, oldest first.
public enum Version {
    V4_5("4.5", "4.5.0.0-20612863"),
    V5_1_1("5.1.1", "5.1.1.0-23480823"),
    V5_2_1("5.2.1", "5.2.1.0-24307856"),
    V9_0_2("9.0.2", "9.0.2.0.25151285"),
    V9_1_0("9.1.0", "9.1.0.0.25371088"),
    V9_1_1("9.1.1", "9.1.1.0.25714203");

    private final String text;
    private final String build;

    Version(String text, String build) {
        this.text = text;
        this.build = build;
    }

    /// For example `5.2.1`; leading parts such as `9.0` name the first release that begins so.
    ///
    /// @throws IllegalArgumentException listing the releases there are
    public static Version of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst()
                .or(() -> Arrays.stream(values()).filter(v -> v.text.startsWith(text)).findFirst())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "version: must be one of "
                                        + Arrays.stream(values()).map(Version::text).toList()
                                        + ", is '"
                                        + text
                                        + "'"));
    }

    /// As written on the command line, for example `9.0.2`.
    public String text() {
        return text;
    }

    /// As the appliance writes it, for example `5.2.1.0-24307856`.
    public String build() {
        return build;
    }

    boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    boolean hasInstaller() {
        return isAtLeast(V9_0_2);
    }

    /// Until 5.1.1 a second success code is declared for asynchronous calls (200 beside 202 or 204).
    boolean declaresOldSuccessCodes() {
        return !isAtLeast(V5_2_1);
    }

    boolean namesDomainsInPlural() {
        return isAtLeast(V5_2_1);
    }

    boolean mayOmitResourceIp() {
        return isAtLeast(V9_0_2);
    }

    boolean completesCredentialTasks() {
        return isAtLeast(V9_0_2);
    }

    /// The types that `resourceType` may take (filter and body).
    List<String> resourceTypes() {
        return switch (this) {
            case V4_5, V5_1_1 -> ResourceTypes.UNTIL_5_1;
            case V5_2_1 -> ResourceTypes.OF_5_2;
            case V9_0_2 -> ResourceTypes.OF_9_0;
            case V9_1_0, V9_1_1 -> ResourceTypes.OF_9_1;
        };
    }
}
