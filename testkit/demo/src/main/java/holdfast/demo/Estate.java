package holdfast.demo;

/// The simulated site: one Installer, one SDDC Manager.
record Estate(Appliance installer, Appliance sddcManager) {
    /// @param fingerprint SHA-256 of its certificate, upper-case hex with colons
    record Appliance(String host, int port, String username, String password, String fingerprint) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// {@return a listed credential that has a value}
    static String known(tools.jackson.databind.JsonNode page) {
        for (var item : page.path("items")) {
            if (item.path("hasValue").asBoolean(false)) {
                return item.path("id").asString();
            }
        }
        throw new Client.Failed("no credential has a value");
    }
}
