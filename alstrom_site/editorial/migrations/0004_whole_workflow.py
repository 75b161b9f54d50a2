from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# As they stand from this migration on; one that changes later is replaced by a later migration.
NEW = {
    "editorial_comment_keeps_what_it_says": """
BEGIN
    IF (to_jsonb(NEW) - 'resolved_at' - 'resolved_by_id')
        IS DISTINCT FROM (to_jsonb(OLD) - 'resolved_at' - 'resolved_by_id') THEN
        RAISE EXCEPTION 'A comment keeps what it says; it is resolved and reopened, and answered by another one.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_comment_keeps_what_it_says';
    END IF;
    RETURN NEW;
END;
""",
}
REPLACED = {
    "editorial_edition_keeps_what_it_is": """
BEGIN
    IF (NEW.document_id, NEW.number, NEW.created_by_id, NEW.created_at)
        IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.created_by_id, OLD.created_at) THEN
        RAISE EXCEPTION 'An edition keeps its document, its number, and who began it and when.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_document_and_number';
    END IF;
    IF (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)
        OR (OLD.published_by_id IS NOT NULL AND NEW.published_by_id IS DISTINCT FROM OLD.published_by_id) THEN
        RAISE EXCEPTION 'An edition keeps when it was published and by whom.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_publication';
    END IF;
    IF NEW.is_urgent <> OLD.is_urgent THEN
        RAISE EXCEPTION 'An edition begins as an urgent fix or never is one.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_urgency';
    END IF;
    IF NEW.emergency_reason <> OLD.emergency_reason
        AND NOT (OLD.emergency_reason = '' AND NEW.status = 'published' AND OLD.status <> 'published') THEN
        RAISE EXCEPTION 'The reason of an emergency is given as the text goes live, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_emergency';
    END IF;
    IF OLD.approved_afterwards_at IS NOT NULL
        AND NEW.approved_afterwards_at IS DISTINCT FROM OLD.approved_afterwards_at THEN
        RAISE EXCEPTION 'An edition keeps when it was approved after its publication.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_late_approval';
    END IF;
    IF (NEW.policy, NEW.change, NEW.change_note) IS DISTINCT FROM (OLD.policy, OLD.change, OLD.change_note)
        AND NOT (NEW.status = 'in review' AND OLD.status IN ('draft', 'changes requested'))
        AND NOT (NEW.status = 'published' AND NEW.emergency_reason <> '' AND OLD.emergency_reason = '') THEN
        RAISE EXCEPTION 'What readers are told of a change, and who must sign it, is fixed when it is submitted.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_what_was_submitted';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_edition_moves_by_the_workflow": """
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' OR NEW.round <> 0 THEN
            RAISE EXCEPTION 'An edition begins as a draft that was never submitted.'
                USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_begins_as_a_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('approved', 'changes requested'),
        ('approved', 'discarded'),
        ('approved', 'draft'),
        ('approved', 'published'),
        ('approved', 'scheduled'),
        ('changes requested', 'discarded'),
        ('changes requested', 'draft'),
        ('changes requested', 'in review'),
        ('changes requested', 'published'),
        ('draft', 'discarded'),
        ('draft', 'in review'),
        ('draft', 'published'),
        ('failed to publish', 'approved'),
        ('failed to publish', 'changes requested'),
        ('failed to publish', 'discarded'),
        ('failed to publish', 'draft'),
        ('failed to publish', 'published'),
        ('failed to publish', 'scheduled'),
        ('in review', 'approved'),
        ('in review', 'changes requested'),
        ('in review', 'discarded'),
        ('in review', 'draft'),
        ('in review', 'published'),
        ('published', 'superseded'),
        ('published', 'unpublished'),
        ('published', 'withdrawn'),
        ('scheduled', 'approved'),
        ('scheduled', 'changes requested'),
        ('scheduled', 'discarded'),
        ('scheduled', 'draft'),
        ('scheduled', 'failed to publish'),
        ('scheduled', 'published'),
        ('withdrawn', 'superseded'),
        ('withdrawn', 'unpublished')
    ) THEN
        RAISE EXCEPTION 'No step leads an edition from “%” to “%”.', OLD.status, NEW.status
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_moves_by_the_workflow';
    END IF;
    IF NEW.round - OLD.round <> (NEW.status = 'in review' AND OLD.status <> 'in review')::integer THEN
        RAISE EXCEPTION 'A new round begins each time an edition is submitted, and at no other time.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_counts_its_rounds';
    END IF;
    IF NEW.head_id IS DISTINCT FROM OLD.head_id AND (NEW.head_id IS NULL OR NEW.status <> 'draft') THEN
        RAISE EXCEPTION 'An edition keeps its text, and gets another one in a draft only.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_written_as_a_draft';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_edition_is_approved": """
BEGIN
    IF NEW.head_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM editorial_revision r WHERE r.id = NEW.head_id AND r.edition_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The text of an edition is one of its own.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_text_is_its_own';
    END IF;
    IF NEW.status NOT IN ('approved', 'scheduled', 'failed to publish', 'published', 'withdrawn') THEN
        RETURN NEW;
    END IF;
    IF NEW.emergency_reason <> '' AND NEW.approved_afterwards_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM editorial_review v JOIN editorial_revision r ON r.id = v.revision_id
            WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'approve'
                AND v.revision_id = NEW.head_id AND v.revision_digest = r.digest
    ) THEN
        RAISE EXCEPTION 'Nobody has approved exactly this text in this round.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_approved';
    END IF;
    IF NEW.emergency_reason = '' AND EXISTS (
        SELECT FROM jsonb_array_elements(NEW.policy) WITH ORDINALITY AS asked(step, number) WHERE (
            SELECT count(*) FROM editorial_review v WHERE v.edition_id = NEW.id AND v.round = NEW.round
                AND v.verdict = 'approve' AND v.revision_id = NEW.head_id
                AND v.step = asked.number AND v.role = asked.step ->> 'role'
        ) < GREATEST(1, (asked.step ->> 'needed')::integer)
    ) THEN
        RAISE EXCEPTION 'Not everybody whom the review policy asks for has approved exactly this text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_approved_by_policy';
    END IF;
    IF EXISTS (
        SELECT FROM editorial_review v WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'approve'
            AND v.reviewer_id = NEW.published_by_id
    ) THEN
        RAISE EXCEPTION 'Who approved a text does not publish it.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_published_by_somebody_else';
    END IF;
    RETURN NEW;
END;
""",
}


BEFORE = import_module("alstrom_site.editorial.migrations.0003_guards")


def replaced(name, body):
    """Return the SQL that puts a function in the place of the one before, and the SQL that puts that one back."""
    return BEFORE.created_and_pinned(name, body)[0], BEFORE.created_and_pinned(name, BEFORE.FUNCTIONS[name])[0]


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0003_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Before any trigger that calls it.
        *(migrations.RunSQL(*BEFORE.created_and_pinned(name, body)) for name, body in NEW.items()),
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_digest', models.CharField(help_text='SHA-256 of the secret in the address.', max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(blank=True, help_text='The field of the content; empty: the whole text.', max_length=60)),
                ('passage', models.TextField(blank=True, help_text='The words that it is about, as they stand in the source.')),
                ('before', models.CharField(blank=True, max_length=64)),
                ('after', models.CharField(blank=True, max_length=64)),
                ('body', models.TextField()),
                ('must_fix', models.BooleanField(default=False, help_text='Blocks approval until it is resolved.')),
                ('author_name', models.CharField(max_length=150)),
                ('author_role', models.CharField(blank=True, help_text='As a guest gives it.', max_length=200)),
                ('at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('emergency', 'Published before its review'), ('dependency', 'Something it shows has changed'), ('source', 'A source it cites has changed its standing')], max_length=12)),
                ('statement', models.TextField()),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['raised_at', 'pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('address', models.CharField(max_length=120)),
                ('since', models.DateTimeField()),
            ],
            options={
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='LinkVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(help_text='Such as “opened” or “commented”.', max_length=20)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(help_text='The step that is proposed.', max_length=20)),
                ('reason', models.TextField()),
                ('moved_to', models.CharField(blank=True, help_text='Where an unpublished page is to lead.', max_length=200)),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('was_taken', models.BooleanField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='Why it was turned down.')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120)),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('step', models.PositiveSmallIntegerField(default=1)),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('answer', models.CharField(choices=[('waiting', 'Waiting'), ('declined', 'Declined'), ('given', 'Verdict given')], default='waiting', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, help_text='Why it was declined.')),
            ],
            options={
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('list_path', models.CharField(help_text='The list at the desk, such as /admin/pages/article/.', max_length=200)),
                ('query', models.TextField(help_text='The query string of the list.')),
            ],
            options={
                'ordering': ['name'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SharedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('advice', 'Read and advise'), ('reading', 'Read only')], max_length=10)),
                ('secret_digest', models.CharField(help_text='SHA-256 of the secret in the address.', max_length=64, unique=True)),
                ('guest_name', models.CharField(blank=True, max_length=150)),
                ('guest_email', models.EmailField(blank=True, max_length=254)),
                ('question', models.TextField(blank=True, help_text='What the guest is asked.')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('seen', models.CharField(blank=True, max_length=64)),
                ('form', models.JSONField(blank=True, default=dict)),
                ('opened_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='editorial_document_live_has_dates',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='editorial_edition_one_open_per_document',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='editorial_edition_approved_has_its_time',
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='editorial_review_changes_need_a_comment',
        ),
        migrations.AddField(
            model_name='document',
            name='last_updated_at',
            field=models.DateTimeField(blank=True, help_text='When the last major change went live; a minor one does not move it.', null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='moved_to',
            field=models.CharField(blank=True, help_text='The public path to which an unpublished page leads; empty: it is gone.', max_length=200),
        ),
        migrations.AddField(
            model_name='document',
            name='review_policy',
            field=models.JSONField(blank=True, help_text='Who must sign, as `editorial.review_policy` writes it; empty: as the kind says.', null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='approved_afterwards_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='change',
            field=models.CharField(blank=True, choices=[('minor', 'Minor'), ('major', 'Major')], help_text='Empty: the first edition.', max_length=5),
        ),
        migrations.AddField(
            model_name='edition',
            name='change_note',
            field=models.TextField(blank=True, help_text='What readers are told of the change.'),
        ),
        migrations.AddField(
            model_name='edition',
            name='emergency_reason',
            field=models.TextField(blank=True, help_text='Why it went live before anybody approved it.'),
        ),
        migrations.AddField(
            model_name='edition',
            name='failure',
            field=models.TextField(blank=True, help_text='Why a scheduled text did not go live.'),
        ),
        migrations.AddField(
            model_name='edition',
            name='is_urgent',
            field=models.BooleanField(default=False, help_text='Begun from the live text while another edition stays open.', verbose_name='urgent fix'),
        ),
        migrations.AddField(
            model_name='edition',
            name='policy',
            field=models.JSONField(default=list, help_text='Who must sign, as it stood when it was submitted.'),
        ),
        migrations.AddField(
            model_name='edition',
            name='publish_at',
            field=models.DateTimeField(blank=True, help_text='When it is to go live by itself.', null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='publish_until',
            field=models.DateTimeField(blank=True, help_text='After this it must not go live any more.', null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='scheduled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='edition',
            name='withdrawal_reason',
            field=models.TextField(blank=True, help_text='What readers are told under the notice.'),
        ),
        migrations.AddField(
            model_name='edition',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='publishedpage',
            name='is_stale',
            field=models.BooleanField(default=False, help_text='Something that it shows has changed.'),
        ),
        migrations.AddField(
            model_name='review',
            name='signed_with',
            field=models.CharField(blank=True, help_text='How the person proved who they are at that moment: password or passkey.', max_length=20),
        ),
        migrations.AddField(
            model_name='review',
            name='step',
            field=models.PositiveSmallIntegerField(default=1, help_text='The place in the review policy that it fills.'),
        ),
        migrations.AlterField(
            model_name='review',
            name='verdict',
            field=models.CharField(choices=[('approve', 'Approve'), ('request changes', 'Request changes'), ('recommend', 'Advice'), ('reaffirm', 'Reviewed, no change needed')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('status', 'scheduled')), fields=['publish_at'], name='editorial_edition_by_schedule'),
        ),
        migrations.AddIndex(
            model_name='publishedpage',
            index=models.Index(condition=models.Q(('is_stale', True)), fields=['document'], name='editorial_page_stale'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('is_urgent', False), ('status__in', ['approved', 'changes requested', 'draft', 'failed to publish', 'in review', 'scheduled'])), fields=('document',), name='editorial_edition_one_open_per_document'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('is_urgent', True), ('status__in', ['approved', 'changes requested', 'draft', 'failed to publish', 'in review', 'scheduled'])), fields=('document',), name='editorial_edition_one_urgent_per_document'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['approved', 'failed to publish', 'published', 'scheduled', 'withdrawn']), _negated=True), models.Q(('approved_at__isnull', False), ('head__isnull', False)), models.Q(('emergency_reason', ''), _negated=True), _connector='OR'), name='editorial_edition_approved_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'scheduled'), _negated=True), models.Q(('publish_at__isnull', False), ('scheduled_by__isnull', False)), _connector='OR'), name='editorial_edition_scheduled_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='editorial_edition_withdrawn_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['recommend', 'request changes']), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='editorial_review_changes_need_a_comment'),
        ),
        migrations.AddField(
            model_name='calendaraddress',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_address', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='editorial.comment'),
        ),
        migrations.AddField(
            model_name='comment',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='editorial.edition'),
        ),
        migrations.AddField(
            model_name='comment',
            name='resolved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='editorial.revision'),
        ),
        migrations.AddField(
            model_name='flag',
            name='about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flags_raised', to='editorial.document'),
        ),
        migrations.AddField(
            model_name='flag',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='editorial.document'),
        ),
        migrations.AddField(
            model_name='flag',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flag',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formeraddress',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_addresses', to='editorial.document'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='editorial.edition'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewrequest',
            name='asked_by',
            field=models.ForeignKey(help_text='The reviewer: it was claimed.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewrequest',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_requests', to='editorial.edition'),
        ),
        migrations.AddField(
            model_name='reviewrequest',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_requests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedlink',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedlink',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_links', to='editorial.revision'),
        ),
        migrations.AddField(
            model_name='sharedlink',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linkvisit',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='editorial.sharedlink'),
        ),
        migrations.AddField(
            model_name='comment',
            name='link',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='editorial.sharedlink'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='edition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='editorial.edition'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['document'], name='editorial_flag_standing'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('document', 'reason', 'about'), name='editorial_flag_once_while_it_stands', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='5fb8afe9e3e9d9d7b6a6554355f8a7a8241d4295', operation='DELETE', pgid='pgtrigger_refuse_delete_d796c', table='editorial_flag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='11ae078ddeac5a41beaa467270b44004bc6fbeee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_6ea8d', table='editorial_flag', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='formeraddress',
            constraint=models.UniqueConstraint(fields=('kind', 'address'), name='editorial_former_address_of_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formeraddress',
            trigger=pgtrigger.compiler.Trigger(name='refuse_update', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='fafb8f74e6b2b10db8e53a2e35e51cec479ad829', operation='UPDATE', pgid='pgtrigger_refuse_update_3020d', table='editorial_formeraddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formeraddress',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='3758a0004867c02155024e78001462b86eb2703e', operation='DELETE', pgid='pgtrigger_refuse_delete_111d8', table='editorial_formeraddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formeraddress',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='6e51cb558d1fafe1c58eebf9c7f4558870562601', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_65f49', table='editorial_formeraddress', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('edition',), name='editorial_proposal_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('was_taken__isnull', True), ('was_taken', False), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='editorial_proposal_is_decided_by_somebody_else'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='2635786909a3b87e6fcaaad084c54e059c526e40', operation='DELETE', pgid='pgtrigger_refuse_delete_471ed', table='editorial_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='09b57369a518a48c60d466409a33b3dab60a432d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_e84d3', table='editorial_proposal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('person', 'subject'), name='editorial_reminder_once'),
        ),
        migrations.AddIndex(
            model_name='reviewrequest',
            index=models.Index(fields=['reviewer', 'answer'], name='editorial_request_by_reviewer'),
        ),
        migrations.AddIndex(
            model_name='reviewrequest',
            index=models.Index(condition=models.Q(('answer', 'waiting')), fields=['due_on'], name='editorial_request_by_due'),
        ),
        migrations.AddConstraint(
            model_name='reviewrequest',
            constraint=models.UniqueConstraint(fields=('edition', 'round', 'reviewer'), name='editorial_review_request_once_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='reviewrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='editorial_review_request_declined_with_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrequest',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='9a1b76d2f6fa4b37ef5c536cf795c9c42386f676', operation='DELETE', pgid='pgtrigger_refuse_delete_0fc3d', table='editorial_reviewrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrequest',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='ec65e0dad27933c48bef98e5ea7d8740eb867cb7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_8e5d6', table='editorial_reviewrequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('person', 'name'), name='editorial_saved_filter_one_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='sharedlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='editorial_shared_link_ends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharedlink',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='9ab5210a1294e5f7deea786142ae50c6869b9158', operation='DELETE', pgid='pgtrigger_refuse_delete_a0ec4', table='editorial_sharedlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharedlink',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='e3b15318379765ae459be6e9fbde89a97c0e1c4c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_f5733', table='editorial_sharedlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkvisit',
            trigger=pgtrigger.compiler.Trigger(name='refuse_update', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='d4de4f620098d3ba998922728692df381860b588', operation='UPDATE', pgid='pgtrigger_refuse_update_f0c5f', table='editorial_linkvisit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkvisit',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='ee68113a54951ccfd22179320ff0034e449dced9', operation='DELETE', pgid='pgtrigger_refuse_delete_fb251', table='editorial_linkvisit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkvisit',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='462d719434ad63d6278c133710fac947f9d632cc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_7762b', table='editorial_linkvisit', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['edition', 'at'], name='editorial_comment_by_edition'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('link__isnull', True)), models.Q(('author__isnull', True), ('link__isnull', False)), _connector='OR'), name='editorial_comment_is_of_a_person_or_a_guest'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('answers__isnull', True), models.Q(('must_fix', False), ('passage', ''), ('resolved_at__isnull', True)), _connector='OR'), name='editorial_comment_answer_is_no_thread'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('link__isnull', True), ('must_fix', False), _connector='OR'), name='editorial_comment_guest_blocks_nothing'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='editorial_comment_resolved_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='keeps_what_it_says', sql=pgtrigger.compiler.UpsertTriggerSql(execute='editorial_comment_keeps_what_it_says()', func='RETURN NULL;', hash='7a10d0f1b4449ec7dcbf43c0423e4c50ace04dfe', operation='UPDATE', pgid='pgtrigger_keeps_what_it_says_df205', table='editorial_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='f852b70f1bc3fcf8fd49732fd467681b1b7d547e', operation='DELETE', pgid='pgtrigger_refuse_delete_d582e', table='editorial_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='bb302dc56584e007ab750ab5e4bc55daad6e4f58', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4f5a0', table='editorial_comment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='workingcopy',
            constraint=models.UniqueConstraint(fields=('person', 'kind', 'edition'), name='editorial_working_copy_one_each', nulls_distinct=False),
        ),
        # After the columns that they name.
        *(migrations.RunSQL(*replaced(name, body)) for name, body in REPLACED.items()),
    ]
