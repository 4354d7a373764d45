import Interop
import Kernel
import Security

/// A household, and perhaps a person in it, as one line of a table names them.
struct HouseholdLine: Sendable, Equatable {
  let household: HouseholdDraft
  let name: String?
  let phone: PhoneNumber?
}

/// Somebody behind a door, by what they are called: one name twice behind one door is taken for one person.
struct Resident: Hashable {
  let door: Door
  let name: String
}

/// What a table of households holds: checked line by line before anything is stored.
struct HouseholdImport: Sendable {
  static let columns: [Interop.TableColumn] = [
    .init("building", Phrase("楼号", "Building"), aliases: ["楼栋", "栋", "幢"], isRequired: true),
    .init("unit", Phrase("单元", "Unit"), aliases: ["单元号"]),
    .init("room", Phrase("房号", "Room"), aliases: ["室", "房间", "门牌"], isRequired: true),
    .init("floor", Phrase("楼层", "Floor"), aliases: ["层"]),
    .init("lift", Phrase("电梯", "Lift"), aliases: ["有无电梯"]),
    .init("name", Phrase("姓名", "Name"), aliases: ["称呼", "户主", "联系人"]),
    .init("phone", Phrase("电话", "Telephone"), aliases: ["手机", "手机号", "联系电话", "mobile", "phone number"]),
  ]

  /// What each line says. Several lines may name the same door: its people.
  let lines: [ImportedValue<HouseholdLine>]
  let problems: [FieldProblem]
  let unknownHeadings: [String]

  /// - Throws: `form.invalid` when a column is missing or doubled.
  init(_ table: SheetTable) throws {
    let outcome = try TableImport(table, columns: Self.columns).dryRun(Self.line)
    var problems = outcome.problems
    var firstLine: [Door: (line: Int, draft: HouseholdDraft)] = [:]
    var phones: [PhoneNumber: Int] = [:]
    var residents: [Resident: Int] = [:]
    for entry in outcome.values {
      let draft = entry.value.household
      if let first = firstLine[draft.door] {
        if first.draft != draft {
          problems.append(
            FieldProblem(
              "floor", line: entry.line,
              Phrase(
                "楼层或电梯和第 \(first.line) 行的同一户不一样。",
                "Floor or lift differ from line \(first.line), which is the same door.")))
        }
        if entry.value.name == nil {
          problems.append(
            FieldProblem(
              "room", line: entry.line,
              Phrase("和第 \(first.line) 行是同一户。", "This is the same door as line \(first.line).")))
        }
      } else {
        firstLine[draft.door] = (entry.line, draft)
      }
      if let name = entry.value.name {
        let resident = Resident(door: draft.door, name: name)
        if let first = residents[resident] {
          problems.append(
            FieldProblem(
              "name", line: entry.line,
              Phrase("和第 \(first) 行是同一户的同一个人。", "This is the same person as on line \(first).")))
        } else {
          residents[resident] = entry.line
        }
      }
      guard let phone = entry.value.phone else { continue }
      if let first = phones[phone] {
        problems.append(
          FieldProblem(
            "phone", line: entry.line,
            Phrase("和第 \(first) 行是同一个电话。", "This is the same number as on line \(first).")))
      } else {
        phones[phone] = entry.line
      }
    }
    lines = outcome.values
    self.problems = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    unknownHeadings = outcome.unknownHeadings
  }

  private static func line(_ row: inout ImportRow) -> HouseholdLine? {
    let floor = row.parsed("floor", orReport: Phrase("楼层应是整数，比如 5。", "The floor should be a whole number.")) {
      Int64($0.hasSuffix("楼") || $0.hasSuffix("层") ? String($0.dropLast()) : $0)
    }
    let lift = row.parsed("lift", orReport: Phrase("电梯请写 有 或 没有。", "Write yes or no for the lift.")) {
      answers[$0.lowercased()]
    }
    let phone = row.parsed(
      "phone", orReport: Phrase("看不懂这个电话号码。", "This telephone number is not understood.")
    ) {
      PhoneNumber(typed: $0)
    }
    let name = row["name"].isEmpty ? nil : checkedName(&row)
    if phone != nil, row["name"].isEmpty {
      row.report("name", Phrase("有电话就要写姓名。", "A number needs a name beside it."))
    }
    do {
      let door = try Door(building: row["building"], unit: row["unit"], room: row["room"])
      return HouseholdLine(
        household: try HouseholdDraft(door: door, floor: floor, hasLift: lift), name: name, phone: phone)
    } catch let problem as Problem {
      for field in problem.fields { row.report(field.field, field.message) }
    } catch {
      row.report("room", Phrase("请再看一看门牌号。", "Please check the door."))
    }
    return nil
  }

  private static func checkedName(_ row: inout ImportRow) -> String? {
    switch DisplayName.checked(row["name"]) {
    case .success(let name): return name
    case .failure(let problem):
      row.report("name", problem.message)
      return nil
    }
  }

  private static let answers: [String: Bool] = [
    "有": true, "是": true, "yes": true, "y": true, "1": true, "true": true,
    "无": false, "没有": false, "没": false, "否": false, "no": false, "n": false, "0": false, "false": false,
  ]

  /// The doors in the order of the file, each once.
  var households: [HouseholdDraft] {
    var seen: Set<Door> = []
    return lines.map(\.value.household).filter { seen.insert($0.door).inserted }
  }
}
