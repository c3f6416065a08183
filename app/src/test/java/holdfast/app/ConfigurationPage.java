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
        page.append(
                """

                `holdfast seal change --to passphrase` (or `--to key-file`) moves the root key to another method while
                the server runs. Before the next start the configuration must follow: `unseal`, and with it
                `passphrase-file` or, when the key file is not in the state directory, `key-file`. A start with the
                method of before is refused and names what to set. With several nodes, change it on each, and delete
                the key files that the other nodes still have.

                `holdfast seal change --to shares --threshold 2 --count 3` splits it among people and prints the shares, once.
                The configuration stays as it is. After each start the server waits, answers 503 `sealed`, and opens when
                enough holders ran `holdfast unseal URL`; `GET /api/seal` tells everybody how many came.
                """);
        return page.toString();
    }
}
