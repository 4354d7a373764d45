import Interop
import Kernel
import Testing

@Suite struct ZippedFilesTests {
  @Test func `every file is there, in the order of names, and folders are not`() throws {
    var zip = StoredZip()
    zip.entries = [("b.csv", [1, 2]), ("folder/", []), ("a.csv", []), ("folder/c.csv", [3])]
    let files = try ZippedFiles.contents(zip.bytes)
    #expect(files.map(\.name) == ["a.csv", "b.csv", "folder/c.csv"])
    #expect(files.map(\.bytes) == [[], [1, 2], [3]])
  }

  @Test func `what lies about its size, or is no archive, is refused`() {
    var zip = StoredZip()
    zip.entries = [("a.csv", [1, 2])]
    zip.statedSizes = ["a.csv": 200 << 20]
    #expect(throws: Problem.self) { try ZippedFiles.contents(zip.bytes) }
    #expect(throws: Problem.self) { try ZippedFiles.contents(Array("交易时间,金额".utf8)) }
  }
}
