package holdfast.vcf;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Role;
import holdfast.simulator.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever an appliance sends ends in a value or in a plain failure, with bounded memory.
class HostileTest {
    private static final int ROUNDS = Boolean.getBoolean("holdfast.long") ? 200_000 : 5_000;

    private static final List<String> MEMBERS =
            List.of(
                    "hostname",
                    "credentials",
                    "password",
                    "rootPassword",
                    "nodes",
                    "nsxtManagers",
                    "adminUserSsoPassword",
                    "secretThings");

    private static final String PAGE =
            """
            {"elements":[{"id":"1","credentialType":"SSH","accountType":"USER","username":"root","password":"Größe!1",
            "creationTimestamp":"2026-01-22T08:41:39.253Z","modificationTimestamp":"2026-08-02T01:12:09.001Z",
            "expiry":{"expiryDate":"2026-12-01T00:00:00.000Z","connectivityStatus":"ACTIVE","status":"EXPIRING"},
            "resource":{"resourceId":"r","resourceName":"vc01","resourceType":"VCENTER","domainNames":["m01"],"domainName":null},
            "autoRotatePolicy":{"frequencyInDays":60,"nextSchedule":"2026-11-30T00:00:01.829Z"}}],
            "pageMetadata":{"pageNumber":0,"pageSize":1,"totalElements":1,"totalPages":1}}
            """;

    @ParameterizedTest
    @EnumSource(
            names = {
                "DEEP_JSON",
                "HUGE_NUMBER",
                "NOT_A_NUMBER",
                "HUGE_STRING",
                "NOT_UTF_8",
                "ENDLESS"
            })
    void a_body_that_no_appliance_sends_is_a_plain_failure(FaultKind kind) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            var value = kind == FaultKind.HUGE_STRING ? "10" : kind.initial();
            appliance.simulator().faults().add(Fault.of(kind, value).on("/v1/credentials"));

            assertThat(appliance.refusal().status()).isIn(Status.UNREADABLE, Status.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "DEEP_JSON",
                "HUGE_NUMBER",
                "NOT_A_NUMBER",
                "HUGE_STRING",
                "HTML",
                "MALFORMED_JSON"
            })
    void nor_does_any_other_answer_break_more_than_the_reading(FaultKind kind) {
        for (var path : new String[] {"/v1/tokens", "/v1/system/appliance-info", "/v1/sddcs"}) {
            try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2)) {
                var value = kind == FaultKind.HUGE_STRING ? "10" : kind.initial();
                appliance.simulator().faults().add(Fault.of(kind, value).on(path).times(1));

                assertThat(appliance.refusal().status()).as(path).isEqualTo(Status.UNREADABLE);
            }
        }
    }

    @Test
    void of_two_values_under_one_name_the_last_counts() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance
                    .simulator()
                    .faults()
                    .add(Fault.of(FaultKind.DUPLICATE_MEMBERS).on("/v1/cred"));
            try (var fetched = appliance.fetch()) {
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            }
        }
    }

    @Test
    void a_value_that_is_no_text_is_no_value() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance.simulator().faults().add(Fault.of(FaultKind.HALF_CHARACTER).on("/v1/cred"));
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.rows()).hasSize(37).allMatch(row -> row.value().isEmpty());
            }
        }
    }

    /// Gives `head`, then `more` for ever, and counts what was taken.
    private static final class Stream extends InputStream {
        private final byte[] head;
        private final byte[] more;
        private long taken;

        private Stream(String head, String more) {
            this.head = head.getBytes(StandardCharsets.UTF_8);
            this.more = more.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long at = taken++;
            return at < head.length
                    ? head[(int) at]
                    : more[(int) ((at - head.length) % more.length)];
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                into[offset + i] = (byte) read();
            }
            return length;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"elements\":[{\"id\":\"|a",
                "{\"elements\":[{\"further\":|[",
                "{\"further\":|{\"a\":",
                "{\"elements\":[{\"id\":|9",
                "{\"elements\":[{\"id\":1.|0",
                "{\"|x",
                "{\"elements\":[{\"id\":1e|1"
            })
    void what_does_not_end_is_given_up_after_a_megabyte_or_two(String head, String more) {
        var endless = new Stream(head, more);
        try (var pages = new Pages()) {
            assertThat(pages.reading(endless)).isEqualTo(Status.UNREADABLE);
        }
        assertThat(endless.taken).isLessThan(3_000_000);
    }

    /// The reader of one page, closed after it.
    private static final class Pages implements AutoCloseable {
        private final CredentialPages pages = new CredentialPages(VcfJson.MAPPER);

        Status reading(InputStream body) {
            try {
                pages.add(body);
                return Status.OK;
            } catch (SourceFailed failed) {
                return failed.failure().status();
            }
        }

        @Override
        public void close() {
            pages.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_spoilt_page_is_rows_or_a_plain_failure(long seed) {
        var random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var spoilt = spoilt(PAGE.getBytes(StandardCharsets.UTF_8), random);
            try (var pages = new Pages()) {
                var status = pages.reading(new ByteArrayInputStream(spoilt));
                assertThat(status).isIn(Status.OK, Status.UNREADABLE);
                read += status == Status.OK ? 1 : 0;
            }
        }
        assertThat(read).isBetween(ROUNDS / 100, ROUNDS * 99 / 100); // both happen
    }

    private static byte[] spoilt(byte[] proper, Random random) {
        var strange = "{}[]\",:0-eE.\\u\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        var bytes = proper.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = strange[random.nextInt(strange.length)];
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(proper, from, bytes, at, Math.max(0, length));
                }
            }
        }
        return bytes;
    }

    @Test
    void any_spoilt_specification_is_rows() {
        var random = new SplittableRandom(7);
        var mapper = VcfJson.MAPPER;
        for (int round = 0; round < ROUNDS / 5; round++) {
            var spec = mapper.createObjectNode();
            for (var name :
                    new String[] {
                        "hostSpecs", "vcenterSpec", "pscSpecs", "nsxtSpec", "sddcManagerSpec",
                        "vcfOperationsSpec", "dnsSpec", "proxySpec", "vspClusterSpec", "sddcId"
                    }) {
                spec.set(name, strange(mapper, random, 4));
            }
            try (var read = BringUp.read(spec, "file")) {
                assertThat(read.rows()).doesNotContainNull();
            }
        }
    }

    private static JsonNode strange(JsonMapper mapper, SplittableRandom random, int depth) {
        var nodes = mapper.getNodeFactory();
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.stringNode("text" + random.nextInt(9));
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.booleanNode(true);
            case 4 -> nodes.stringNode("");
            case 5 -> {
                var array = mapper.createArrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    array.add(strange(mapper, random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = mapper.createObjectNode();
                for (var name : MEMBERS) {
                    if (random.nextBoolean()) {
                        object.set(name, strange(mapper, random, depth - 1));
                    }
                }
                yield object;
            }
        };
    }
}
