package holdfast.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The layers of ARCHITECTURE.md, as a text that looks like the picture.
class PictureTest {
    /// A room may use the rooms of the lines below its own, and no others.
    private static final String PICTURE =
            """
            app
            client
            infrastructure
            estate
            configuration
            comparison
            vcf
            sharing
            vault
            secret
            keys
            generator
            administration
            identity
            passwords
            access
            tenancy
            health
            ledger
            seal
            merkle
            server
            http
            outbound
            cluster
            storage
            crypto
            exports
            kernel
            process
            """;

    private static final JavaClasses HOLDFAST =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/kit"))
                    .withImportOption(location -> !location.contains("/holdfast/simulator/"))
                    .importPackages("holdfast");

    @Test
    void arrows_point_down() {
        var above = new ArrayList<String>();
        for (var line : PICTURE.lines().toList()) {
            var rooms = List.of(line.split(" "));
            for (var room : rooms) {
                var strangers =
                        Stream.concat(above.stream(), rooms.stream())
                                .filter(other -> !other.equals(room))
                                .map(other -> "holdfast." + other)
                                .toArray(String[]::new);
                if (strangers.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage("holdfast." + room)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(strangers)
                            .check(HOLDFAST);
                }
            }
            above.addAll(rooms);
        }
    }

    @Test
    void every_class_has_a_room_of_the_picture() {
        var rooms = PICTURE.lines().map(room -> "holdfast." + room).toList();

        assertThat(HOLDFAST.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(rooms);
        assertThat(HOLDFAST.stream().map(JavaClass::getPackageName).distinct()).containsAll(rooms);
    }

    @Test
    void time_and_chance_enter_in_app_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holdfast.app")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callConstructor(SecureRandom.class)
                .check(HOLDFAST);
    }

    @Test
    void servlets_and_tomcat_appear_in_server_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holdfast.server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.apache.catalina..")
                .check(HOLDFAST);
    }

    @Test
    void the_http_client_appears_in_outbound_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holdfast.outbound")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .check(HOLDFAST);
    }

    /// Beside the stores: two parts of the ledger that are nothing but statements, and the check that the database answers.
    @Test
    void statements_are_made_in_stores_only() {
        var makesStatements =
                describe(
                        "names a statement of Jdbi",
                        (JavaClass type) ->
                                type.getPackageName().equals("org.jdbi.v3.core.statement"));
        noClasses()
                .that()
                .resideOutsideOfPackages("holdfast.storage", "holdfast.cluster")
                .and()
                .haveNameNotMatching(
                        ".*Store(\\$.*)?|.*[.](Sequencer|CursorReaders|OwnChecks)(\\$.*)?")
                .should()
                .dependOnClassesThat(makesStatements)
                .check(HOLDFAST);
    }

    @Test
    void permits_are_made_in_access_only() {
        for (var proof : List.of("Permit", "Scope")) {
            var type = HOLDFAST.get("holdfast.access." + proof);
            assertThat(type.getConstructors())
                    .allMatch(made -> !made.getModifiers().contains(JavaModifier.PUBLIC));
        }
    }

    @Test
    void every_method_of_a_keepers_door_asks_for_a_permit() {
        var doors =
                List.of(
                        "infrastructure.Environments",
                        "infrastructure.Credentials",
                        "vault.Secrets",
                        "vault.Batches",
                        "vault.SecretExports",
                        "vault.Canaries",
                        "keys.Keys",
                        "keys.Operations",
                        "sharing.Shares",
                        "sharing.Links");
        for (var name : doors) {
            var door = HOLDFAST.get("holdfast." + name);

            assertThat(door.getMethods())
                    .filteredOn(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                    .isNotEmpty()
                    .allSatisfy(PictureTest::asksForAPermit);
        }
    }

    @Test
    void rooms_are_explained() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(HOLDFAST);
    }

    private static void asksForAPermit(JavaMethod method) {
        assertThat(method.getRawParameterTypes()).describedAs(method.getFullName()).isNotEmpty();
        assertThat(method.getRawParameterTypes().getFirst().getName())
                .describedAs(method.getFullName())
                .isIn("holdfast.access.Permit", "holdfast.access.Scope");
    }
}
