// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
/// RSA, which `Crypto` has not.
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

/// A module of the house plan: `Models` <- `Extraction`, `Diffing`, `Storage` <- `Capturing`, `SyncEngine` <- `Viewer`, `CLI`.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// What they test is optimised, they themselves are not, which halves the time that they take to compile; but for those that compute much.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false, computes: Bool = false
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)",
        resources: fixtures ? [.copy("Fixtures")] : [],
        swiftSettings: computes ? strict : strict + [.unsafeFlags(["-Onone"])])
}

let package = Package(
    name: "stet",
    products: [
        .executable(name: "stet", targets: ["CLI"]),
        .library(
            name: "Stet",
            targets: [
                "Models", "Extraction", "Diffing", "Storage", "WebArchives", "Capturing", "Exporting", "Tracking",
                "SyncEngine",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CClock"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        module("Models", [crypto]),
        module("Extraction", ["Models"]),
        module("Diffing", ["Models"]),
        module("Storage", ["Models", "CZstd", "CZlib", crypto, .product(name: "GRDB", package: "GRDB.swift")]),
        module("WebArchives", ["Models", "CBrotli", "CZlib", "CZstd", crypto]),
        module("Capturing", ["Models", "Extraction", "Diffing", "Storage", "WebArchives", "CClock", "CCurl"]),
        module("Exporting", ["Models", "Storage", "WebArchives"]),
        module(
            "Tracking", ["Models", "Extraction", "Diffing", "Storage", .product(name: "GRDB", package: "GRDB.swift")]),
        module("SyncEngine", ["Models", "Storage", "Extraction", "CArchive", "CCurl", "CZstd", crypto, cryptoExtras]),
        // Templates and styles are compiled in: the command stays one file that may be copied anywhere.
        .target(
            name: "Viewer",
            dependencies: [
                "Models", "Extraction", "Diffing", "Storage", "Tracking", "SyncEngine", "WebArchives",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")], swiftSettings: strict),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Models", "Extraction", "Diffing", "Storage", "WebArchives", "Capturing", "Exporting", "Tracking",
                "SyncEngine", "Viewer",
                "CMalloc", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        tests("ModelsTests", ["Models"]),
        tests("ExtractionTests", ["Models", "Extraction"], computes: true),
        tests("DiffingTests", ["Models", "Diffing"]),
        tests("StorageTests", ["Models", "Storage"]),
        tests("WebArchivesTests", ["Models", "WebArchives", "CBrotli", "CZlib", "CZstd"]),
        tests("ExportingTests", ["Models", "Storage", "WebArchives", "Exporting"]),
        tests(
            "CapturingTests", ["Models", "Diffing", "WebArchives", "Capturing", "Storage", "Extraction", "Tracking"]),
        tests("TrackingTests", ["Models", "Diffing", "Storage", "Capturing", "Tracking"]),
        tests("SyncEngineTests", ["Models", "SyncEngine", "Storage", "Capturing", crypto]),
        tests("ViewerTests", ["Models", "Diffing", "Viewer"]),
        tests("Scenarios", ["Models"]),
    ],
    swiftLanguageModes: [.v6]
)
