package holdfast.vcf;

/// Where an appliance is, and whom to believe there.
///
/// @param host a name or an address
public record Address(String host, int port, Trust trust) {}
