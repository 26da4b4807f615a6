// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "celery-results",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CeleryResults", targets: ["CeleryResults"]),
    .library(name: "CeleryResultsMariaDB", targets: ["CeleryResultsMariaDB"]),
    .library(name: "CeleryResultsRedis", targets: ["CeleryResultsRedis"]),
    .library(name: "MariaDBClient", targets: ["MariaDBClient"]),
    .library(name: "SchemaMigrations", targets: ["ResultSchema", "SchemaMigrations"]),
    .executable(name: "celery-results", targets: ["CeleryResultsCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.3"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "CMariaDB",
      pkgConfig: "libmariadb",
      providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]
    ),
    .target(name: "Promises"),
    .target(
      name: "MariaDBClient",
      dependencies: [
        "CMariaDB",
        "Promises",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    ),
    .target(
      name: "CeleryResults",
      dependencies: [
        .product(name: "OrderedCollections", package: "swift-collections")
      ]
    ),
    .target(name: "ResultSchema"),
    .target(
      name: "SchemaMigrations",
      dependencies: [
        "MariaDBClient",
        "ResultSchema",
        .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .target(
      name: "CeleryResultsMariaDB",
      dependencies: [
        "CeleryResults",
        "MariaDBClient",
        "Promises",
        "ResultSchema",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    ),
    .systemLibrary(
      name: "CHiredis",
      providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]
    ),
    .target(
      name: "CeleryResultsRedis",
      dependencies: [
        "CHiredis",
        "CeleryResults",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    ),
    .executableTarget(
      name: "CeleryResultsCLI",
      dependencies: [
        "CeleryResults",
        "CeleryResultsMariaDB",
        "MariaDBClient",
        "ResultSchema",
        "SchemaMigrations",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .target(
      name: "TestSupport",
      dependencies: [
        "CeleryResults",
        "MariaDBClient",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/TestSupport"
    ),
    .executableTarget(
      name: "ChordDriver",
      dependencies: ["CeleryResults", "CeleryResultsMariaDB", "MariaDBClient"],
      path: "Tests/ChordDriver"
    ),
    .testTarget(
      name: "MariaDBClientTests",
      dependencies: ["MariaDBClient", "Promises", "TestSupport"],
      exclude: ["BinaryLog/Recordings"]
    ),
    .testTarget(
      name: "CeleryResultsTests",
      dependencies: ["CeleryResults", "TestSupport"],
      exclude: ["Content/Pickles"]
    ),
    .executableTarget(
      name: "CacheDriver",
      dependencies: ["CeleryResults", "CeleryResultsMariaDB", "CeleryResultsRedis"],
      path: "Tests/CacheDriver"
    ),
    .testTarget(name: "CeleryResultsRedisTests", dependencies: ["CeleryResultsRedis"]),
    .testTarget(
      name: "CeleryResultsMariaDBTests",
      dependencies: ["CeleryResults", "CeleryResultsMariaDB", "MariaDBClient", "ResultSchema", "TestSupport"]
    ),
    .testTarget(name: "ResultSchemaTests", dependencies: ["ResultSchema"]),
    .testTarget(
      name: "SchemaMigrationsTests",
      dependencies: ["MariaDBClient", "ResultSchema", "SchemaMigrations"]
    ),
    .testTarget(
      name: "CeleryResultsCLITests",
      dependencies: [
        "CeleryResults",
        "CeleryResultsCLI",
        "MariaDBClient",
        "ResultSchema",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ]
    ),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "ChordDriver",
        "CeleryResults",
        "CeleryResultsMariaDB",
        "CeleryResultsRedis",
        "MariaDBClient",
        "ResultSchema",
        "SchemaMigrations",
        "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// Scripts/bench and Scripts/test set this: who uses the package never builds its benchmarks.
if Context.environment["CELERY_RESULTS_BENCHMARKS"] != nil {
  package.targets += [
    .executableTarget(
      name: "BenchmarkDriver",
      dependencies: [
        "CeleryResults",
        "CeleryResultsMariaDB",
        "MariaDBClient",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Driver"
    ),
    .executableTarget(
      name: "InstructionCounts",
      dependencies: ["CeleryResults", "CeleryResultsMariaDB", "MariaDBClient"],
      path: "Benchmarks/Instructions"
    ),
  ]
}

// Scripts/test sets this: a warning in a target of this package, not in a dependency, is an error.
let warningsAreErrors = Context.environment["CELERY_RESULTS_WARNINGS_AS_ERRORS"] != nil

// Every Swift target is held to the same upcoming features.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
  if warningsAreErrors {
    target.swiftSettings?.append(.treatAllWarnings(as: .error))
  }
}

// Scripts/test sets this for the thread sanitizer, whose tests need no servers: there is no need to build the others.
if Context.environment["CELERY_RESULTS_WITHOUT_SERVERS"] != nil {
  package.targets.removeAll { ["CacheDriver", "ChordDriver", "IntegrationTests"].contains($0.name) }
}
