import Kernel

/// What a rule may ask of a person's situation: a closed list, so that nothing else can ever be asked, and each with the
/// reason why it is.
///
/// Whoever answers may be asking for somebody else; the questions are worded so that both fit. A birthday is never asked, an
/// age in years is enough. Source: field/socialwork.md §2.9.
enum EligibilityFact: String, Sendable, Hashable, CaseIterable, Comparable {
  /// In full years.
  case age
  /// Where the household is registered (户籍).
  case registration
  /// Full months of living in this city.
  case residence
  /// The grade on the certificate of disability; 1 is the most severe.
  case disability
  /// What the household is recognised as by the civil affairs office.
  case hardship
  case employment
  case licence
  /// Full months since the business licence was issued.
  case licenceAge = "licence_age"
  /// Who lives and eats together, the person among them.
  case household
  case infants
  case children
  case veteran
  case alone
  /// Of the household by head and month, in whole yuan.
  case income

  static func < (left: EligibilityFact, right: EligibilityFact) -> Bool {
    left.position < right.position
  }

  /// The order in which things are asked: 0, 1, 2 …
  var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// What kind of answer it takes.
  var kind: FactKind {
    switch self {
    case .age: .number(0...120, unit: Phrase("岁", "years"))
    case .registration: .choice([.thisDistrict, .thisCity, .elsewhere])
    case .residence: .number(0...1200, unit: Phrase("个月", "months"))
    case .disability: .choice([.noDisability, .gradeOne, .gradeTwo, .gradeThree, .gradeFour])
    case .hardship: .choice([.noHardship, .minimumLiving, .lowIncome, .extremeHardship])
    case .employment:
      .choice([.employed, .registeredUnemployed, .unemployed, .student, .retired, .homemaker])
    case .licence, .veteran, .alone: .yesNo
    case .licenceAge: .number(0...600, unit: Phrase("个月", "months"))
    case .household: .number(1...20, unit: Phrase("人", "people"))
    case .infants, .children: .number(0...15, unit: Phrase("个", "children"))
    case .income: .number(0...100_000, unit: Phrase("元", "yuan"))
    }
  }

  /// What it is called in a rule.
  var name: Phrase {
    switch self {
    case .age: Phrase("年龄", "Age")
    case .registration: Phrase("户籍", "Household registration")
    case .residence: Phrase("在本市住了多久", "Time lived in this city")
    case .disability: Phrase("残疾等级", "Grade of disability")
    case .hardship: Phrase("困难认定", "Recognised hardship")
    case .employment: Phrase("就业情况", "Employment")
    case .licence: Phrase("营业执照", "Business licence")
    case .licenceAge: Phrase("执照办了多久", "Age of the licence")
    case .household: Phrase("家里人数", "People in the household")
    case .infants: Phrase("三岁以下的孩子", "Children under three")
    case .children: Phrase("未满十八岁的孩子", "Children under eighteen")
    case .veteran: Phrase("退役军人", "Veteran")
    case .alone: Phrase("一个人住", "Living alone")
    case .income: Phrase("人均月收入", "Income by head and month")
    }
  }

  var question: Phrase {
    switch self {
    case .age: Phrase("今年多少周岁？", "How old, in full years?")
    case .registration: Phrase("户口在哪里？", "Where is the household registered?")
    case .residence: Phrase("在本市住了多少个月？", "For how many months in this city?")
    case .disability: Phrase("有残疾证吗？是几级？", "Is there a certificate of disability, of which grade?")
    case .hardship: Phrase("家里认定过低保、低收入或特困吗？", "Is the household recognised as poor?")
    case .employment: Phrase("现在的就业情况？", "How do things stand with work?")
    case .licence: Phrase("有营业执照吗？", "Is there a business licence?")
    case .licenceAge: Phrase("营业执照办下来多少个月了？", "For how many months has there been the licence?")
    case .household: Phrase("家里一起过日子的有几个人？", "How many people live as one household?")
    case .infants: Phrase("家里有几个三岁以下的孩子？", "How many children under three are there?")
    case .children: Phrase("家里有几个没满十八岁的孩子？", "How many children under eighteen are there?")
    case .veteran: Phrase("是退役军人吗？", "A veteran?")
    case .alone: Phrase("是一个人住吗？", "Living alone?")
    case .income: Phrase("全家平均每人每月收入大概多少？", "How much does the household have by head and month, roughly?")
    }
  }

  /// Why it is asked, in the words that stand beside the question.
  var reason: Phrase {
    switch self {
    case .age: Phrase("这项政策看年龄；不问生日。", "The policy goes by age; no birthday is asked.")
    case .registration: Phrase("有的政策只给本区或本市户口。", "Some policies are for those registered here.")
    case .residence: Phrase("有的政策要住满一定时间。", "Some policies ask for some time of living here.")
    case .disability: Phrase("补贴按证上的等级分。", "Allowances go by the grade on the certificate.")
    case .hardship: Phrase("困难家庭常有另外的待遇。", "Recognised households often get something of their own.")
    case .employment: Phrase("就业和创业的政策看这一项。", "Policies on work and starting up go by it.")
    case .licence: Phrase("开店的扶持常要先有执照。", "Support for shops often needs a licence first.")
    case .licenceAge: Phrase("有的扶持只给刚开的店。", "Some support is for new shops alone.")
    case .household: Phrase("标准按家里人数算。", "The standard goes by the people of a household.")
    case .infants: Phrase("育儿补贴看孩子多大、有几个。", "Childcare allowances go by number and age.")
    case .children: Phrase("有的待遇看家里有几个孩子。", "Some benefits go by the number of children.")
    case .veteran: Phrase("退役军人有另外的优待。", "Veterans have something of their own.")
    case .alone: Phrase("独居老人有另外的关照。", "There is more for elders who live alone.")
    case .income: Phrase("要和当年的标准比一比；只要大概。", "It is compared with the year's standard; roughly is enough.")
    }
  }
}

/// What kind of answer a fact takes.
enum FactKind: Sendable, Equatable {
  /// Whole numbers of this range, counted in `unit`.
  case number(ClosedRange<Int64>, unit: Phrase)
  /// One of these.
  case choice([FactChoice])
  case yesNo
}

/// The choices of all facts; which of them belong to a fact its kind says.
enum FactChoice: String, Sendable, Hashable, CaseIterable {
  case thisDistrict = "this_district"
  /// This city, but another district.
  case thisCity = "this_city"
  case elsewhere

  case noDisability = "no_disability"
  case gradeOne = "grade_1"
  case gradeTwo = "grade_2"
  case gradeThree = "grade_3"
  case gradeFour = "grade_4"

  case noHardship = "no_hardship"
  /// 低保
  case minimumLiving = "minimum_living"
  /// 低收入
  case lowIncome = "low_income"
  /// 特困
  case extremeHardship = "extreme_hardship"

  case employed
  case registeredUnemployed = "registered_unemployed"
  case unemployed
  case student
  case retired
  case homemaker

  var name: Phrase {
    switch self {
    case .thisDistrict: Phrase("本区", "This district")
    case .thisCity: Phrase("本市别的区", "Another district of this city")
    case .elsewhere: Phrase("外地", "Elsewhere")
    case .noDisability: Phrase("没有残疾证", "No certificate")
    case .gradeOne: Phrase("一级", "Grade 1")
    case .gradeTwo: Phrase("二级", "Grade 2")
    case .gradeThree: Phrase("三级", "Grade 3")
    case .gradeFour: Phrase("四级", "Grade 4")
    case .noHardship: Phrase("都没有", "None of these")
    case .minimumLiving: Phrase("低保", "Minimum living allowance")
    case .lowIncome: Phrase("低收入", "Low income")
    case .extremeHardship: Phrase("特困", "Extreme hardship")
    case .employed: Phrase("在上班", "In work")
    case .registeredUnemployed: Phrase("没工作，登记过失业", "Out of work and registered")
    case .unemployed: Phrase("没工作，没登记", "Out of work, not registered")
    case .student: Phrase("在读书", "Studying")
    case .retired: Phrase("退休了", "Retired")
    case .homemaker: Phrase("在家照顾家人", "Looking after the family")
    }
  }
}
