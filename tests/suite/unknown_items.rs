//! The rule `unknown-item`.

use thread_tracker::model::Rule;

use super::world::World;

#[test]
fn unknown_item_is_named_once_with_the_id_that_was_meant() {
    let front = "---\nripeness: {level: low}\nhold: {below: ripe, until: {read: lab/letter}, why: w}\nverdicts: {lab/repotr: [works]}\ntriggers:\n  - {id: a, why: w, raise-to: ripe, when: {verdict: {item: lab/repotr, is: works}}}\n  - {id: b, why: w, raise-to: ripe, when: {any: [{read: 'https://lab.example/listed'}, {read: lab/report}, {read: 'https://lab.example/none'}]}}\n---\n# X\n\n## Evidence\n\n### Lab\n\n- [ ] [A](https://lab.example/report) (2026-01-02)\n";
    let world = World::new().with("threads/x.md", front).with(
        "backlogs/2026-01-03-lab-backlog.md",
        "- [B](https://lab.example/listed) (2026-01-02)\n- [C](https://lab.example/letter)\n",
    );
    let found = world.check();
    let unknown = found.iter().filter(|finding| finding.rule == Rule::UnknownItem);
    let told: Vec<_> = unknown
        .map(|finding| {
            (&*finding.message, finding.help.as_deref().unwrap_or(""), finding.related.len())
        })
        .collect();
    let no = "no evidence line and no catalog has the item";
    assert_eq!(
        told,
        [
            (&*format!("{no} `lab/repotr`"), "did you mean `lab/report`?", 1),
            (
                &*format!("{no} `https://lab.example/none`"),
                "if the item is yet to come, nothing is wrong; else write its id or URL",
                0
            ),
        ]
    );
}
