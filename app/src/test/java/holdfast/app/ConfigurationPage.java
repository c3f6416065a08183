package holdfast.app;

/// `docs/configuration.md` as the code knows it.
final class ConfigurationPage {
    private ConfigurationPage() {}

    static String text() {
        var page =
                new StringBuilder(
                        """
                        # Configuration

                        Nothing has to be configured. What is set comes from `holdfast.yaml` (named by `--config` or
                        `HOLDFAST_CONFIG`), the environment and flags; the later wins. A value can stand in a file of its
                        own: `<name>-file`. Unknown names are mistakes; `holdfast config validate` lists all at once, and
                        `holdfast config explain` says where each value came from.

                        | `holdfast.yaml` | environment | default | what it is |
                        |---|---|---|---|
                        """);
        for (var option : Option.values()) {
            page.append(
                    "| `%s` | `%s` | %s | %s |\n"
                            .formatted(
                                    option.key(),
                                    option.variable(),
                                    option.fallback().isEmpty()
                                            ? ""
                                            : "`" + option.fallback() + "`",
                                    option.description()));
        }
        return page.toString();
    }
}
