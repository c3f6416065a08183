package holdfast.configuration;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.Address;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What people say about an environment, before it is checked. The members are those of the API.
public record EnvironmentDraft(
        String name,
        Optional<String> description,
        Optional<Source> installer,
        Optional<Source> sddcManager)
        implements AutoCloseable {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,253}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    private static final Pattern CONTROL = Pattern.compile(".*\\p{Cntrl}.*", Pattern.DOTALL);

    /// @param password        absent keeps the stored one; the draft's own, closed with it
    /// @param scheduleMinutes 0 for never, or 5 to 1,440
    public record Source(
            String host,
            Optional<Integer> port,
            String username,
            Optional<SecretBytes> password,
            Optional<Trust> trust,
            Optional<Integer> scheduleMinutes) {
        public Address address() {
            return new Address(host, port.orElse(443), trust.orElse(Trust.SYSTEM));
        }

        public int minutes(SourceKind kind) {
            return scheduleMinutes.orElse(usualMinutes(kind));
        }
    }

    /// {@return how often a source is read while nobody chose; bring-up passwords do not change by themselves}
    public static int usualMinutes(SourceKind kind) {
        return kind == SourceKind.SDDC_MANAGER ? 60 : 0;
    }

    /// {@return the form in which two names are the same}
    public static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    public Map<SourceKind, Source> sources() {
        var sources = new EnumMap<SourceKind, Source>(SourceKind.class);
        installer.ifPresent(source -> sources.put(SourceKind.INSTALLER, source));
        sddcManager.ifPresent(source -> sources.put(SourceKind.SDDC_MANAGER, source));
        return sources;
    }

    public boolean trustsAnybody() {
        return sources().values().stream()
                .anyMatch(source -> source.address().trust().mode() == Trust.Mode.OFF);
    }

    /// @throws Refusal INVALID with every mistake at once
    public void requireValid() {
        var errors = new ArrayList<FieldError>();
        text(errors, "/name", name, 1, 100);
        description.ifPresent(text -> {
            if (text.length() > 1000) {
                errors.add(tooLong("/description", 1000));
            }
        });
        sources().forEach((kind, source) -> errors.addAll(errors("/" + kind.member(), source)));
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// {@return every mistake of one source}
    public static List<FieldError> errors(String at, Source source) {
        var errors = new ArrayList<FieldError>();
        if (!HOST.matcher(source.host()).matches()) {
            errors.add(
                    FieldError.of(
                            at + "/host",
                            "malformed",
                            "a name or an address, without https:// and without a path"));
        }
        int port = source.port().orElse(443);
        if (port < 1 || port > 65_535) {
            errors.add(range(at + "/port", 1, 65_535));
        }
        text(errors, at + "/username", source.username(), 1, 255);
        source.password()
                .filter(password -> password.length() < 1 || password.length() > 1024)
                .ifPresent(_ -> errors.add(range(at + "/password", 1, 1024)));
        source.trust().ifPresent(trust -> trust(errors, at + "/trust", trust));
        source.scheduleMinutes()
                .filter(minutes -> minutes != 0 && (minutes < 5 || minutes > 1440))
                .ifPresent(_ ->
                        errors.add(
                                FieldError.of(
                                        at + "/scheduleMinutes",
                                        "out-of-range",
                                        "0 for never, or 5 to 1440 minutes")));
        return errors;
    }

    private static void trust(List<FieldError> errors, String at, Trust trust) {
        if (trust.mode() == Trust.Mode.PIN
                && trust.fingerprint()
                        .filter(pin -> FINGERPRINT.matcher(pin).matches())
                        .isEmpty()) {
            errors.add(
                    FieldError.of(
                            at + "/fingerprint",
                            "malformed",
                            "SHA-256 of the certificate, upper-case hex with colons"));
        }
        authorities(errors, at, trust);
    }

    /// Before anything is saved a pin may still be missing, but authorities must be such.
    ///
    /// @throws Refusal INVALID at `/trust/caPem`
    public static void requireReadable(Trust trust) {
        var errors = new ArrayList<FieldError>();
        authorities(errors, "/trust", trust);
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    private static void authorities(List<FieldError> errors, String at, Trust trust) {
        if (trust.mode() == Trust.Mode.CA
                && trust.caPem().filter(EnvironmentDraft::isCertificates).isEmpty()) {
            errors.add(
                    FieldError.of(at + "/caPem", "malformed", "one or more certificates in PEM"));
        }
    }

    private static boolean isCertificates(String pem) {
        try {
            var bytes = pem.getBytes(StandardCharsets.UTF_8);
            return bytes.length <= 65_536
                    && !CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .isEmpty();
        } catch (CertificateException _) {
            return false;
        }
    }

    private static void text(List<FieldError> errors, String at, String value, int min, int max) {
        if (value.strip().length() < min) {
            errors.add(FieldError.of(at, "required", "is missing"));
        } else if (value.length() > max) {
            errors.add(tooLong(at, max));
        } else if (CONTROL.matcher(value).matches()) {
            errors.add(FieldError.of(at, "malformed", "has control characters"));
        }
    }

    private static FieldError tooLong(String at, int max) {
        return new FieldError(
                at,
                "too-long",
                "at most %d characters".formatted(max),
                Map.of("max", Integer.toString(max)));
    }

    private static FieldError range(String at, int min, int max) {
        return new FieldError(
                at,
                "out-of-range",
                "%d to %d".formatted(min, max),
                Map.of("min", Integer.toString(min), "max", Integer.toString(max)));
    }

    /// {@return the refusal of a name that another environment has}
    public static Refusal taken(String name) {
        return Refusal.of(
                List.of(
                        new FieldError(
                                "/name",
                                "taken",
                                "another environment has this name",
                                Map.of("name", name))));
    }

    @Override
    public void close() {
        sources().values().forEach(source -> source.password().ifPresent(SecretBytes::close));
    }
}
