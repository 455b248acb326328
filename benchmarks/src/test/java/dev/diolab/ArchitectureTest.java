package dev.diolab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the direction of dependencies between the modules and between the engine's packages. */
@AnalyzeClasses(packages = "dev.diolab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ENGINE = "dev.diolab.engine..";
  private static final String STRATEGIES = "dev.diolab.strategies..";
  private static final String BENCHMARKS = "dev.diolab.benchmarks..";
  private static final String RESULTS = "dev.diolab.results..";

  private static final String OS = "dev.diolab.engine.os..";
  private static final String DEVICE = "dev.diolab.engine.device..";
  private static final String FORMAT = "dev.diolab.engine.format..";
  private static final String JOURNAL = "dev.diolab.engine.journal..";
  private static final String EXTENT = "dev.diolab.engine.extent..";
  private static final String FILE = "dev.diolab.engine.file..";
  private static final String CHECK = "dev.diolab.engine.check..";
  private static final String CACHE = "dev.diolab.engine.cache..";
  private static final String LOCKING = "dev.diolab.engine.locking..";

  @ArchTest
  static final ArchRule engineUsesOnlyJavaAndAnnotations =
      classes()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ENGINE, "java..", "org.jspecify..", "com.google.errorprone..");

  @ArchTest
  static final ArchRule strategiesSeeOnlyTheSeamOfTheEngine =
      noClasses()
          .that()
          .resideInAPackage(STRATEGIES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.diolab..").and(not(resideInAnyPackage(STRATEGIES, LOCKING))));

  @ArchTest
  static final ArchRule resultsStandAlone =
      noClasses()
          .that()
          .resideInAPackage(RESULTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, STRATEGIES, BENCHMARKS);

  @ArchTest
  static final ArchRule onlyOsCallsNativeCode =
      noClasses()
          .that(not(resideInAPackage(OS)))
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.foreign\\.(Linker|SymbolLookup|FunctionDescriptor)(\\$.*)?");

  @ArchTest static final ArchRule osUsesNoOtherPackageOfTheEngine = usesOfTheEngineOnly(OS);

  @ArchTest static final ArchRule formatUsesNoOtherPackage = usesOfTheEngineOnly(FORMAT);

  @ArchTest static final ArchRule deviceUsesOs = usesOfTheEngineOnly(DEVICE, OS);

  @ArchTest
  static final ArchRule journalUsesDeviceAndFormat = usesOfTheEngineOnly(JOURNAL, DEVICE, FORMAT);

  @ArchTest
  static final ArchRule extentUsesJournalAndFormat = usesOfTheEngineOnly(EXTENT, JOURNAL, FORMAT);

  @ArchTest
  static final ArchRule checkUsesNothingOfTheFilePath =
      usesOfTheEngineOnly(CHECK, EXTENT, JOURNAL, DEVICE, FORMAT, LOCKING);

  @ArchTest static final ArchRule lockingUsesNoOtherPackage = usesOfTheEngineOnly(LOCKING);

  @ArchTest
  static final ArchRule cacheUsesDeviceAndLocking = usesOfTheEngineOnly(CACHE, DEVICE, LOCKING);

  @ArchTest
  static final ArchRule filePathUsesNoCheck =
      noClasses()
          .that()
          .resideInAPackage(FILE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CHECK);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.diolab.(**)").should().beFreeOfCycles();

  /** Classes of {@code self} use no class of diolab outside {@code self} and {@code others}. */
  private static ArchRule usesOfTheEngineOnly(String self, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(self)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.diolab..")
                .and(not(resideInAPackage(self)))
                .and(not(resideInAnyPackage(others))));
  }
}
