import Kernel

/// Policy down, voice up: how a policy of the demo comes to neighbours, what they say to it, and what becomes of that.
struct DemoVoiceBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  func build() async throws {
    let stage = DemoStage(builder: builder, community: community)
    let policies = try await DemoPolicyBuilder(stage: stage).publish()
    builder.tell("  5 项政策，带规则。 5 policies with their rules.")
    let surveys = DemoSurveyBuilder(stage: stage)
    let shopping = try await surveys.shopping()
    let study = try await DemoStudyBuilder(stage: stage).study(beside: shopping.questionnaire)
    try await surveys.open()
    try await surveys.draft()
    builder.tell("  3 份问卷，3 次访谈。 3 questionnaires, 3 interviews.")
    let activities = DemoActivityBuilder(stage: stage)
    let meeting = try await activities.meeting()
    let talk = try await activities.talk(about: policies.homeHelp)
    try await activities.salon()
    let quizzes = DemoQuizBuilder(stage: stage)
    try await quizzes.drawn(with: talk)
    try await quizzes.open()
    let proposals = DemoProposalBuilder(stage: stage)
    let vote = try await proposals.decided(at: meeting, about: policies.homeHelp)
    try await proposals.others()
    builder.tell("  3 场活动，2 份问答，3 个提案。 3 activities, 2 quizzes, 3 proposals.")
    let reports = DemoReportBuilder(stage: stage, policies: policies, shopping: shopping, study: study)
    try await reports.changing(with: vote)
    try await reports.waiting()
    try await reports.writing()
    builder.tell("  3 份居民报告。 3 residents' reports.")
  }
}
