import Database
import Foundation
import Kernel
import People
import Shop

/// A merchant's products in and out of a file, from the command line.
package struct ProductFile: Sendable {
  package let path: String
  /// The merchant's name in either language, or its identifier.
  package let merchant: String

  package init(path: String, merchant: String) {
    self.path = path
    self.merchant = merchant
  }
}

extension Program {
  /// Reads a CSV or XLSX file of products; stores all of it or, with anything wrong, nothing.
  ///
  /// - Parameter isDryRun: whether to say what would happen and store nothing.
  /// - Throws: `form.invalid` with every wrong line and column, `file.*`, `merchant.unknown`.
  /// - Returns: what came of it, in one sentence.
  package func importProducts(_ file: ProductFile, isDryRun: Bool) async throws -> String {
    let bytes = try Self.read(file.path)
    return try await withSwitchboard { switchboard in
      let (community, merchant) = try await switchboard.merchant(file.merchant)
      let plan = try await ProductImporter(database: switchboard.database).importProducts(
        bytes, fileName: URL(fileURLWithPath: file.path).lastPathComponent, merchant: merchant, in: community,
        actor: Actor.machine.person, commit: !isDryRun)
      guard plan.problems.isEmpty else { throw Problem.invalid(plan.problems) }
      let counts = ProductImportPlan.Effect.allCases.map { effect in
        "\(effect.name.chinese) \(effect.name.english) \(plan.count(effect))"
      }
      let title = isDryRun ? "试读，没有保存 Dry run, nothing stored" : "已保存 Stored"
      return "\(title): \(counts.joined(separator: " · "))"
    }
  }

  /// Writes a merchant's products as a file that `importProducts` reads back; CSV or XLSX by the file's ending.
  package func exportProducts(_ file: ProductFile) async throws -> String {
    try await withSwitchboard { switchboard in
      let (community, merchant) = try await switchboard.merchant(file.merchant)
      let format: TableFormat = file.path.lowercased().hasSuffix(".xlsx") ? .xlsx : .csv
      let bytes = try await ProductImporter(database: switchboard.database).export(
        format, merchant: merchant, in: community, language: .chinese)
      do {
        try Data(bytes).write(to: URL(fileURLWithPath: file.path), options: .withoutOverwriting)
      } catch {
        throw Problem(
          "file.not_written", status: 500,
          Phrase("文件写不进去，或已经有这个文件。", "The file cannot be written, or is there already."))
      }
      return "已写入 Written: \(file.path)"
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem(
        "file.not_read", status: 404, Phrase("读不到这个文件。", "The file cannot be read."))
    }
    return Array(data)
  }
}

extension Switchboard {
  /// - Throws: `merchant.unknown`, which lists the merchants there are.
  fileprivate func merchant(_ text: String) async throws -> (CommunityID, MerchantID) {
    var known: [String] = []
    for community in try await communities() {
      for merchant in try await database.read({ try $0.merchants(in: community) }) {
        if [merchant.name.chinese, merchant.name.english, merchant.id.description].contains(text) {
          return (community, merchant.id)
        }
        known.append("\(merchant.name.chinese) / \(merchant.name.english)")
      }
    }
    let list = known.joined(separator: ", ")
    throw Problem(
      "merchant.unknown", status: 404,
      Phrase("没有这家商户。现有：\(list)", "There is no such merchant. Known: \(list)"))
  }
}
