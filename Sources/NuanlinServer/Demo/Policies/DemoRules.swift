import Policy

/// Who may be eligible for the policies of the demo, as documents of rules: with citations of the invented papers, and with
/// made-up situations that the rules have to answer as expected.
enum DemoRules {
  /// - Parameters:
  ///   - start: from when the standard of income holds.
  ///   - today: the day of the made-up situations.
  static func homeHelp(from start: PolicyDay, today: PolicyDay) -> String {
    """
    {"format":1,"is":"all","article":"第三条","quote":"同时符合下列条件的，可以申请补贴。","parts":[
    {"is":"condition","fact":"registration","test":"one_of","choices":["this_district"],
    "article":"第三条第一项","quote":"具有本区户籍。"},
    {"is":"condition","fact":"age","test":"at_least","number":80,
    "article":"第三条第二项","quote":"年满八十周岁。"},
    {"is":"condition","fact":"income","test":"at_most","parameter":"p1",
    "article":"第三条第三项","quote":"家庭人均月收入不超过当年标准。"}],
    \(income(from: start)),
    "tests":[
    \(test("82 岁，本区户口，收入 2000 元", today, registration: "this_district", age: 82, income: 2000, "eligible")),
    \(test("79 岁", today, registration: "this_district", age: 79, income: 2000, "not_eligible")),
    \(test("收入太高", today, registration: "this_district", age: 90, income: 9000, "not_eligible")),
    \(test("外区户口", today, registration: "this_city", age: 82, income: 2000, "not_eligible")),
    {"name":"没说收入","day":"\(today.iso)","facts":[{"fact":"age","number":85},
    {"fact":"registration","choice":"this_district"}],"expected":"unknown","missing":["income"]}],
    "places":[]}
    """
  }

  /// As the second version of the policy has it: 75 is enough for those who live alone.
  static func homeHelpSince(from start: PolicyDay, today: PolicyDay) -> String {
    """
    {"format":1,"is":"all","article":"第三条","quote":"同时符合下列条件的，可以申请补贴。","parts":[
    {"is":"condition","fact":"registration","test":"one_of","choices":["this_district"],
    "article":"第三条第一项","quote":"具有本区户籍。"},
    {"is":"any","article":"第三条第二项","quote":"年满八十周岁，或者年满七十五周岁且独居。","parts":[
    {"is":"condition","fact":"age","test":"at_least","number":80,
    "article":"第三条第二项","quote":"年满八十周岁。"},
    {"is":"all","article":"第三条第二项","quote":"年满七十五周岁且独居。","parts":[
    {"is":"condition","fact":"age","test":"at_least","number":75,
    "article":"第三条第二项","quote":"年满七十五周岁。"},
    {"is":"condition","fact":"alone","test":"answered","answer":true,
    "article":"第三条第二项","quote":"独居。"}]}]},
    {"is":"condition","fact":"income","test":"at_most","parameter":"p1",
    "article":"第三条第三项","quote":"家庭人均月收入不超过当年标准。"}],
    \(income(from: start)),
    "tests":[
    \(test("82 岁，和家人住", today, registration: "this_district", age: 82, income: 2000, alone: false, "eligible")),
    \(test("76 岁，一个人住", today, registration: "this_district", age: 76, income: 2000, alone: true, "eligible")),
    \(test("76 岁，和家人住", today, registration: "this_district", age: 76, income: 2000, alone: false, "not_eligible")),
    \(test("74 岁，一个人住", today, registration: "this_district", age: 74, income: 2000, alone: true, "not_eligible")),
    \(test("收入太高", today, registration: "this_district", age: 90, income: 9000, alone: true, "not_eligible")),
    \(test("外区户口", today, registration: "this_city", age: 82, income: 2000, alone: false, "not_eligible"))],
    "places":[]}
    """
  }

  private static func income(from start: PolicyDay) -> String {
    """
    "parameters":[{"key":"p1","name":"人均月收入标准","values":[{"from":"\(start.iso)","amount":3500,
    "article":"附件一","quote":"2026 年标准为每人每月 3500 元。"}]}]
    """
  }

  private static func test(
    _ name: String, _ day: PolicyDay, registration: String, age: Int, income: Int, alone: Bool? = nil,
    _ expected: String
  ) -> String {
    let lives = alone.map { #",{"fact":"alone","answer":\#($0)}"# } ?? ""
    return """
      {"name":"\(name)","day":"\(day.iso)","facts":[{"fact":"age","number":\(age)},
      {"fact":"registration","choice":"\(registration)"}\(lives),
      {"fact":"income","number":\(income)}],"expected":"\(expected)"}
      """
  }

  static func shopSubsidy(today: PolicyDay) -> String {
    """
    {"format":1,"is":"all","article":"第二条","quote":"本办法适用于新开办的社区小店。","parts":[
    {"is":"condition","fact":"licence","test":"answered","answer":true,
    "article":"第四条第一项","quote":"已在本区领取营业执照。"},
    {"is":"condition","fact":"licence_age","test":"at_most","number":6,
    "article":"第四条第二项","quote":"领取营业执照不超过六个月。"}],
    "parameters":[],"tests":[
    {"name":"刚领执照两个月","day":"\(today.iso)","facts":[{"fact":"licence","answer":true},
    {"fact":"licence_age","number":2}],"expected":"eligible"},
    {"name":"开了一年","day":"\(today.iso)","facts":[{"fact":"licence","answer":true},
    {"fact":"licence_age","number":12}],"expected":"not_eligible"},
    {"name":"还没有执照","day":"\(today.iso)","facts":[{"fact":"licence","answer":false}],
    "expected":"not_eligible"}],
    "places":["shop-opening"]}
    """
  }

  static func deliveryRelief(today: PolicyDay) -> String {
    """
    {"format":1,"is":"any","article":"第三条","quote":"符合下列情形之一的，免收配送费。","parts":[
    {"is":"condition","fact":"hardship","test":"one_of",
    "choices":["extreme_hardship","low_income","minimum_living"],
    "article":"第三条第一项","quote":"经认定的低保、低收入和特困家庭。"},
    {"is":"condition","fact":"disability","test":"one_of","choices":["grade_1","grade_2"],
    "article":"第三条第二项","quote":"持一级、二级残疾人证。"}],
    "parameters":[],"tests":[
    {"name":"低保户","day":"\(today.iso)","facts":[{"fact":"hardship","choice":"minimum_living"}],
    "expected":"eligible"},
    {"name":"残疾二级","day":"\(today.iso)","facts":[{"fact":"hardship","choice":"no_hardship"},
    {"fact":"disability","choice":"grade_2"}],"expected":"eligible"},
    {"name":"都没有","day":"\(today.iso)","facts":[{"fact":"hardship","choice":"no_hardship"},
    {"fact":"disability","choice":"no_disability"}],"expected":"not_eligible"}],
    "places":["checkout"]}
    """
  }

  static func jobFair(today: PolicyDay) -> String {
    """
    {"format":1,"is":"all","article":"第二条","quote":"下列人员参加招聘会，可以申请补贴。","parts":[
    {"is":"condition","fact":"registration","test":"one_of","choices":["this_city","this_district"],
    "article":"第二条","quote":"本市户籍。"},
    {"is":"condition","fact":"employment","test":"one_of","choices":["registered_unemployed","student"],
    "article":"第二条第一、二项","quote":"登记失业人员；尚未就业的毕业生。"}],
    "parameters":[],"tests":[
    {"name":"登记失业，本区户口","day":"\(today.iso)","facts":[{"fact":"registration","choice":"this_district"},
    {"fact":"employment","choice":"registered_unemployed"}],"expected":"eligible"},
    {"name":"在上班","day":"\(today.iso)","facts":[{"fact":"registration","choice":"this_district"},
    {"fact":"employment","choice":"employed"}],"expected":"not_eligible"}],
    "places":["job"]}
    """
  }
}
