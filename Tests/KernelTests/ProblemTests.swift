import Kernel
import Testing

@Suite struct ProblemTests {
  @Test func `no field problem, nothing thrown`() throws {
    let problems = Problems()
    #expect(problems.isEmpty)
    try problems.throwIfAny()
  }

  @Test func `all field problems are thrown together, in the order in which they were found`() throws {
    var problems = Problems()
    problems.add("name", Phrase("请填写名称。", "Please enter a name."))
    problems.add("price", line: 7, Phrase("价格要大于零。", "The price must be above zero."))
    problems.add("unit", Phrase("没有这个单位。", "There is no such unit."))
    #expect(!problems.isEmpty)
    let thrown = try #require(throws: Problem.self) { try problems.throwIfAny() }
    #expect(thrown == .invalid(problems.fields))
    #expect(thrown.code == "form.invalid")
    #expect(thrown.status == 422)
    #expect(thrown.fields.map(\.field) == ["name", "price", "unit"])
    #expect(thrown.fields.map(\.line) == [nil, 7, nil])
  }

  @Test func `a phrase gives the wording of each language`() {
    let phrase = Phrase("鸡蛋", "Eggs")
    #expect(phrase[.chinese] == "鸡蛋")
    #expect(phrase[.english] == "Eggs")
    #expect(Phrase(same: "3") == Phrase("3", "3"))
    #expect(Language.allCases.map(\.tag) == ["zh-CN", "en"])
  }
}

@Suite struct RoleTests {
  @Test func `roles have stable codes, distinct names and one order`() {
    let codes = Role.allCases.map(\.rawValue)
    #expect(
      codes == [
        "resident", "leader", "merchant", "courier", "social_worker", "supervisor", "committee",
        "government_reader",
        "operator",
      ])
    for language in Language.allCases {
      #expect(Set(Role.allCases.map { $0.name[language] }).count == Role.allCases.count)
    }
    #expect(Role.allCases.reversed().sorted() == Role.allCases)
  }

  @Test func `whoever sees other people's data is staff`() {
    #expect(
      Set(Role.allCases.filter(\.isStaff))
        == [.socialWorker, .supervisor, .committee, .governmentReader, .operator])
  }
}
