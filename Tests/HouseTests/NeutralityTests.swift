import Testing

/// The project builds anywhere: no file of it knows a machine or a mirror.
@Suite struct NeutralityTests {
  /// Hosts that a file may name.
  private static let hosts: Set<String> = [
    "github.com", "www.swift.org", "here.test.evil", "127.0.0.1", "localhost", "www.w3.org",
    "www.rfc-editor.org", "docs.openreferral.org", "schemas.openxmlformats.org",
    "schemas.microsoft.com", "api.mch.weixin.qq.com", "openapi.alipay.com", "dysmsapi.aliyuncs.com",
    "api.weixin.qq.com", "open.weixin.qq.com",
  ]
  /// Domains reserved for examples (RFC 2606, RFC 6761).
  private static let reserved = [
    "example", "example.org", "example.com", "example.net", "test", "invalid", "localhost",
  ]

  @Test func `every address in the project is one that was reviewed`() {
    for file in SourceTree.files {
      for match in file.text.matches(of: /\bhttps?:\/\/([A-Za-z0-9.\-]*[A-Za-z0-9])/) {
        let host = match.1.lowercased()
        let isReserved = Self.reserved.contains { host == $0 || host.hasSuffix("." + $0) }
        #expect(
          Self.hosts.contains(host) || isReserved,
          "\(file.path): \(match.0): name it in NeutralityTests, if anyone anywhere can reach it")
      }
    }
  }

  @Test func `no file names a folder of one machine`() {
    // Put together here so that this file does not name them.
    let folders = ["home", "root", "Users", "work", "workspace", "mnt", "tmp"]
    for file in SourceTree.files {
      for folder in folders {
        for range in file.text.ranges(of: "/" + folder + "/") {
          let before = file.text[..<range.lowerBound].last
          let isPath = before.map { $0.isWhitespace || "\"'`=:(,".contains($0) } ?? true
          #expect(!isPath, "\(file.path): names /\(folder)/\(file.text[range.upperBound...].prefix(20))")
        }
      }
    }
  }

  @Test func `no file chooses a registry`() {
    for file in SourceTree.files {
      for word in ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "trusted" + "-host"] {
        #expect(!file.text.contains(word), "\(file.path): \(word)")
      }
    }
  }
}
