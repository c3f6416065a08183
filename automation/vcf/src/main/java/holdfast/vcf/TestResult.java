package holdfast.vcf;

import java.util.Optional;

/// What was found at an address. A failure is an answer here.
///
/// @param role      as the appliance names itself; absent before 9.0
/// @param canRead   whether the account may read what a sync needs; absent when unknown
/// @param canRotate a hint from the token
public record TestResult(
        boolean ok,
        Status status,
        String sentence,
        Optional<Failure> failure,
        Optional<Failure.Certificate> certificate,
        Optional<String> role,
        Optional<String> version,
        Optional<Boolean> canRead,
        Optional<Boolean> canRotate,
        int milliseconds) {
    static TestResult failed(
            Failure failure, Optional<Failure.Certificate> certificate, int milliseconds) {
        return new TestResult(
                false,
                failure.status(),
                failure.sentence(),
                Optional.of(failure),
                certificate.or(failure::certificate),
                Optional.empty(),
                Optional.empty(),
                failure.status() == Status.NOT_ALLOWED ? Optional.of(false) : Optional.empty(),
                Optional.empty(),
                milliseconds);
    }

    static TestResult worked(
            String sentence,
            Failure.Certificate certificate,
            Optional<VcfClient.Appliance> found,
            int milliseconds) {
        return new TestResult(
                true,
                Status.OK,
                sentence,
                Optional.empty(),
                Optional.of(certificate),
                found.flatMap(VcfClient.Appliance::role),
                found.flatMap(VcfClient.Appliance::version),
                found.flatMap(VcfClient.Appliance::canRead),
                found.flatMap(VcfClient.Appliance::canRotate),
                milliseconds);
    }
}
