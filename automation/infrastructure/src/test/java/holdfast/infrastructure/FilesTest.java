package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Run;
import holdfast.exports.Format;
import holdfast.exports.KeepassFile;
import holdfast.exports.YamlText;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Version;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linguafranca.pwdb.kdbx.KdbxCreds;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.kdbx.KdbxSerializer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What files promise: every value exactly, in every format, and configuration that comes back as it went.
class FilesTest {
    private static final String PASSPHRASE = "correct horse battery staple";

    private final Site site = new Site(TestDatabase.SQLITE);
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
    private final UUID id;
    private final Map<String, String> expected;

    FilesTest() {
        var rows = manager.estate().credentials();
        manager.estate().setPassword(rows.get(0).id(), "=1+1,\"quoted\"; ünïcödé");
        manager.estate().setPassword(rows.get(1).id(), "'@SUM(A1)<&>]]>");
        manager.estate().setPassword(rows.get(2).id(), "no");
        manager.estate().setPassword(rows.get(3).id(), "1e3");
        id = site.create(manager).id();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        expected = Site.valuesOf(manager);
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    @Test
    void csv_gives_every_value_back_guarded_or_not() throws IOException {
        for (var guard : List.of(false, true)) {
            var text = new String(write(Format.csv(guard)), StandardCharsets.UTF_8);
            var values = new HashMap<String, String>();
            try (var csv = de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(text)) {
                for (var row : csv) {
                    var cell = row.getField("password");
                    values.put(
                            row.getField("resourceType")
                                    + " "
                                    + row.getField("resourceName")
                                    + " "
                                    + row.getField("credentialType")
                                    + " "
                                    + row.getField("username"),
                            guard && cell.startsWith("'") ? cell.substring(1) : cell);
                }
            }
            assertThat(values).isEqualTo(expected);
        }
    }

    @Test
    void excel_holds_strings_only() throws IOException {
        var sheet = entry(write(Format.excel()), "xl/worksheets/sheet1.xml");

        assertThat(sheet).contains("inlineStr", "=1+1,").doesNotContain("<f>", "t=\"n\"");
    }

    @Test
    void json_gives_every_value_back() throws IOException {
        var file = JsonMapper.shared().readTree(write(Format.json()));

        assertThat(file.path("environment").asString()).isEqualTo("site");
        assertThat(values(file)).isEqualTo(expected);
    }

    @Test
    void yaml_gives_every_value_back_as_text() throws IOException {
        var text = new String(write(Format.yaml()), StandardCharsets.UTF_8);
        var file = new Load(LoadSettings.builder().build()).loadFromString(text);

        assertThat(values(JsonMapper.shared().valueToTree(file))).isEqualTo(expected);
    }

    @Test
    void keepass_opens_with_its_passphrase_only() throws IOException {
        byte[] file;
        try (var passphrase = SecretBytes.ofUtf8(PASSPHRASE)) {
            var out = new ByteArrayOutputStream();
            var rows = rows(CredentialQuery.ALL.by(CredentialQuery.Sort.FOLDER));
            new KeepassFile("site", "", site.ids::next).write(rows::entries, passphrase, out);
            file = out.toByteArray();
        }
        var header = new KdbxHeader();
        try (var xml =
                KdbxSerializer.createUnencryptedInputStream(
                        new KdbxCreds(PASSPHRASE.getBytes(StandardCharsets.UTF_8)),
                        header,
                        new ByteArrayInputStream(file))) {
            var text = new String(xml.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.split("<Entry>", -1)).hasSize(38);
            assertThat(text).contains("Protected=\"True\"").doesNotContain("ünïcödé");
        }
        assertThat(catchThrowableOfType(Exception.class, () -> open(file, "wrong"))).isNotNull();
    }

    @Test
    void a_break_glass_set_holds_what_opens_the_estate_and_is_one_event() throws IOException {
        var permit = site.may(Action.EXPORT_CREDENTIAL, Environments.resource(id));
        var taken = new HashMap<String, String>();
        var export = site.room.credentials().breakGlass(permit, id);
        export.forEach((credential, value) ->
                taken.put(Site.account(credential), value.orElseThrow().revealUtf8()));

        var wanted = new HashMap<>(expected);
        wanted.keySet().removeIf(account -> !account.matches("PSC .* SSO .*"));
        wanted.keySet().removeIf(account -> account.contains("svc-"));
        assertThat(wanted).isNotEmpty();
        assertThat(taken).isEqualTo(wanted);
        var events = site.events("credential.export");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().body()).contains("break-glass");
        for (var credential : site.list(id)) {
            assertThat(events.getFirst().body().contains(credential.id().toString()))
                    .as(Site.account(credential))
                    .isEqualTo(wanted.containsKey(Site.account(credential)));
        }
    }

    @Test
    void a_break_glass_set_of_the_bring_up_has_the_local_administrator() throws IOException {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_0_2);
        try (var installer = Simulator.start(options)) {
            var both =
                    site.create("bring-up", Optional.of(Site.source(installer)), Optional.empty())
                            .id();
            var permit = site.may(Action.EXPORT_CREDENTIAL, Environments.resource(both));
            var refusal =
                    catchThrowableOfType(
                            Refusal.class, () -> site.room.credentials().breakGlass(permit, both));
            assertThat(refusal.problem()).isEqualTo(Problem.CONFLICT);

            site.sync(both);
            var accounts = new HashSet<String>();
            site.room
                    .credentials()
                    .breakGlass(permit, both)
                    .forEach((credential, _) -> accounts.add(credential.username()));
            assertThat(accounts).contains("admin@local", "administrator@vsphere.local");
        }
    }

    private static void open(byte[] file, String passphrase) throws IOException {
        try (var xml =
                KdbxSerializer.createUnencryptedInputStream(
                        new KdbxCreds(passphrase.getBytes(StandardCharsets.UTF_8)),
                        new KdbxHeader(),
                        new ByteArrayInputStream(file))) {
            xml.readAllBytes();
        }
    }

    @Test
    void an_export_is_one_event_that_names_every_version() throws IOException {
        write(Format.csv(false));
        var event = site.events("credential.export").getFirst();

        site.list(id).forEach(one -> assertThat(event.body()).contains("\"" + one.id() + "\":1"));
        expected.values().stream()
                .filter(value -> value.length() > 4)
                .forEach(value -> assertThat(event.body()).doesNotContain(value));
    }

    @Test
    void configuration_comes_back_as_it_went_with_passwords_only_when_asked() {
        var plain = files().export(manage(), Optional.empty(), Set.of(), Optional.empty());
        assertThat(JsonMapper.shared().writeValueAsString(plain))
                .contains("localhost", manager.fingerprint())
                .doesNotContain("sealedPassword", manager.password());
        var document =
                secret(passphrase ->
                        new YamlText()
                                .of(
                                        files().export(
                                                        manage(),
                                                        Optional.of(export()),
                                                        Set.of(),
                                                        Optional.of(passphrase))));
        assertThat(document).contains("sealedPassword").doesNotContain(manager.password());

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> read(document, PASSPHRASE, ConfigurationFiles.Existing.REFUSE));
        assertThat(refusal.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                read(
                                                        document,
                                                        "another passphrase",
                                                        ConfigurationFiles.Existing.REPLACE))
                                .fields()
                                .getFirst()
                                .pointer())
                .isEqualTo("/passphrase");
        site.room
                .environments()
                .delete(site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id)), id, "site");
        assertThat(read(document, PASSPHRASE, ConfigurationFiles.Existing.REFUSE).created())
                .containsExactly("site");
        var back =
                site.room
                        .environments()
                        .list(
                                site.policy.scope(site.ada, Action.READ_ENVIRONMENT),
                                new Environments.Query(
                                        Optional.empty(),
                                        Optional.empty(),
                                        "name",
                                        Optional.empty(),
                                        10))
                        .items()
                        .getFirst();
        assertThat(site.sync(back.id()).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @Test
    void configuration_that_believes_any_certificate_is_recorded_as_a_warning() {
        var document =
                new YamlText()
                        .of(files().export(manage(), Optional.empty(), Set.of(), Optional.empty()));
        read(document, PASSPHRASE, ConfigurationFiles.Existing.REPLACE);
        assertThat(imported().body()).contains("\"trustOff\":false");
        var believing = document.replaceAll("\\bPIN\\b", "OFF");
        assertThat(believing).isNotEqualTo(document);
        read(believing, PASSPHRASE, ConfigurationFiles.Existing.REPLACE);

        Await.until("the second import", () -> imported().body().contains("\"trustOff\":true"));
        assertThat(imported().severity()).isEqualTo(Event.Severity.WARNING);
    }

    private Entry imported() {
        return site.events("environment.import").getLast();
    }

    private ConfigurationFiles.Imported read(
            String document, String passphrase, ConfigurationFiles.Existing existing) {
        try (var secret = SecretBytes.ofUtf8(passphrase)) {
            return files().read(manage(), document, Optional.of(secret), existing, false);
        }
    }

    private static String secret(java.util.function.Function<SecretBytes, String> use) {
        try (var passphrase = SecretBytes.ofUtf8(PASSPHRASE)) {
            return use.apply(passphrase);
        }
    }

    private ConfigurationFiles files() {
        return site.room.configurationFiles();
    }

    private Permit manage() {
        return site.may(Action.MANAGE_ENVIRONMENT, Environments.ANY);
    }

    private Permit export() {
        return site.may(Action.EXPORT_CREDENTIAL, Environments.ANY);
    }

    private byte[] write(Format format) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(rows(CredentialQuery.ALL), out);
        return out.toByteArray();
    }

    private ExportedCredentials rows(CredentialQuery query) {
        var permit = site.may(Action.EXPORT_CREDENTIAL, Environments.resource(id));
        return new ExportedCredentials(site.room.credentials().export(permit, id, query, "test"));
    }

    private static Map<String, String> values(JsonNode file) {
        var values = new HashMap<String, String>();
        for (var row : file.path("credentials")) {
            values.put(
                    row.path("resourceType").asString()
                            + " "
                            + row.path("resourceName").asString()
                            + " "
                            + row.path("credentialType").asString()
                            + " "
                            + row.path("username").asString(),
                    row.path("password").asString());
        }
        return values;
    }

    private static String entry(byte[] zip, String name) throws IOException {
        var file = Files.createTempFile("holdfast", ".xlsx");
        Files.write(file, zip);
        try (var opened = new ZipFile(file.toFile());
                var in = opened.getInputStream(opened.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }
}
