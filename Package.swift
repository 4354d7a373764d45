// swift-tools-version: 6.2
import PackageDescription

// The house (docs/architecture.md): Nuanlin → NuanlinServer → Features → Platform, one direction only.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  // Generic code of one room, such as the JSON writer, is then made to measure in the rooms that use it.
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio: [Target.Dependency] = ["NIOCore", "NIOHTTPTypes"].map {
  .product(name: $0, package: $0 == "NIOCore" ? "swift-nio" : "swift-nio-extras")
}
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

func platform(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
  testing: [Target.Dependency] = [], besideTests excluded: [String] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, path: "Sources/Platform/\(name)",
      resources: resources, swiftSettings: strict),
    test(name, testing, beside: excluded),
  ]
}

func feature(
  _ name: String, on features: [String] = [], _ dependencies: [Target.Dependency] = [],
  besideTests excluded: [String] = []
) -> [Target] {
  let tested = ["People", "Security", "Database", "Web", "Interop"].filter { $0 != name }
  return [
    .target(
      name: name,
      dependencies: [
        "Kernel", "Security", "Database", "Web", "Interop", hummingbird, httpTypes, logging, metrics,
      ]
        + features.map { .byName(name: $0) } + dependencies,
      path: "Sources/Features/\(name)", swiftSettings: strict),
    test(
      name,
      (tested + features.filter { !tested.contains($0) }).map { .byName(name: $0) } + [httpTypes, crypto],
      beside: excluded),
  ]
}

func test(_ name: String, _ dependencies: [Target.Dependency] = [], beside excluded: [String] = []) -> Target
{
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "TestKit"]
      + (name == "Kernel" ? [] : ["Kernel"]) + dependencies,
    path: "Tests/\(name)Tests", exclude: excluded, swiftSettings: strict)
}

func library(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/Libraries/\(name)", pkgConfig: pkgConfig,
    providers: [.apt([debian])])
}

let libraries: [Target] = [
  library("CPostgres", pkgConfig: "libpq", debian: "libpq-dev"),
  library("CQREncode", pkgConfig: "libqrencode", debian: "libqrencode-dev"),
  .systemLibrary(name: "CSpawn", path: "Sources/Libraries/CSpawn"),
  library("CXLSXWriter", pkgConfig: "xlsxwriter", debian: "libxlsxwriter-dev"),
  library("CZip", pkgConfig: "libzip", debian: "libzip-dev"),
]

let platforms: [Target] =
  platform("Kernel")
  + platform(
    "Statistics", besideTests: ["reference.py", "disclosure_reference.py", "Networks/network_reference.py"])
  + platform(
    "Security",
    [
      "Kernel", crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
      .product(name: "SwiftASN1", package: "swift-asn1"),
    ])
  + platform(
    "Database",
    [
      "Kernel", "CPostgres", crypto, logging, metrics,
      .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift"),
    ])
  + platform(
    "Web",
    ["Kernel", "Security", hummingbird, hummingbirdCore, httpTypes, logging, crypto, lifecycle] + nio,
    resources: [.copy("Static")],
    testing: [
      hummingbird, hummingbirdCore, httpTypes, logging, nioEmbedded, nioPosix, lifecycle,
    ] + nio)
  + platform("Interop", ["Kernel", "CQREncode", "CSpawn", "CXLSXWriter", "CZip", logging])

let features: [Target] =
  feature("People")
  + feature("Messages", on: ["People"], [crypto])
  + feature("Shop", on: ["People", "Messages"], ["Statistics"])
  + feature("Ledger", on: ["People"], [crypto])
  + feature("Care", on: ["People", "Messages"])
  + feature("Activities", on: ["People", "Messages"])
  + feature(
    "Surveys", on: ["People", "Messages"], ["Statistics"],
    besideTests: [
      "Expressions/vectors.json", "Expressions/compiled-vectors.json", "Expressions/reference.py",
      "XLSForm/reference.py",
    ])
  + feature("Policy", on: ["People", "Messages"], ["Statistics"])
  + feature(
    "Resources", on: ["People", "Messages"], ["Statistics"],
    besideTests: ["HSDS/Schema", "HSDS/reference.py"])

let program: [Target] = [
  .target(
    name: "NuanlinServer",
    dependencies: [
      "Kernel", "Security", "Database", "Web", "Interop", "People", "Messages", "Shop", "Ledger",
      "Care", "Activities", "Surveys", "Policy", "Resources", hummingbird, hummingbirdCore, httpTypes,
      logging,
      .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
      .product(name: "CoreMetrics", package: "swift-metrics"),
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "HummingbirdTLS", package: "hummingbird"),
      lifecycle, metrics,
      .product(name: "Configuration", package: "swift-configuration"),
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "Nuanlin",
    dependencies: [
      "Kernel", "NuanlinServer", logging,
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: strict,
    // What one thread of a server allocates, another frees. Under load the C library makes the two wait for each other
    // nearly once an order; this allocator does not.
    linkerSettings: [.linkedLibrary("jemalloc", .when(platforms: [.linux]))]),
]

let tests: [Target] = [
  .target(
    name: "TestKit",
    dependencies: ["Kernel", "Security", "Database", "Web", "People", logging, hummingbird, httpTypes] + nio,
    path: "Tests/TestKit", swiftSettings: strict),
  test(
    "NuanlinServer",
    [
      "Security", "Database", "Web", "People", "Messages", "Shop", "Ledger", "Care", "Activities", "Surveys",
      "Policy", "Resources", "Interop", hummingbird, httpTypes, logging,
    ]),
  .testTarget(
    name: "JourneyTests",
    dependencies: [
      "Kernel", "Security", "Database", "Web", "People", "Messages", "Shop", "Ledger", "Care", "Activities",
      "Surveys", "Policy", "Resources", "NuanlinServer", "TestKit", hummingbird,
    ],
    path: "Tests/JourneyTests", swiftSettings: strict),
  .testTarget(
    name: "HouseTests", dependencies: [crypto], path: "Tests/HouseTests",
    exclude: ["landed-migrations.txt", "reviewed-doors.txt"], swiftSettings: strict),
]

let package = Package(
  name: "nuanlin",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "nuanlin", targets: ["Nuanlin"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: libraries + platforms + features + program + tests
)
