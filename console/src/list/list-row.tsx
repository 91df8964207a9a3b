/** One profile as a row of the list. It redraws by itself when something about it changes. */
import { useComputed } from '@preact/signals'
import { shortOcid } from '../format/ocid.ts'
import { durationText } from '../format/time.ts'
import { STATE_WORDS } from '../format/words.ts'
import { profileLink } from '../location.ts'
import { Ago, Icon, Name, Prose, Sparkline, StateMark, TokenExpiry } from '../parts/index.ts'
import { checkNow, type Row, type State } from '../store/index.ts'
import { isUnaddressable, type Profile } from '../service/index.ts'
import { shownRows } from './shown-rows.ts'

export function ListRow({ row }: { row: Row }) {
  const profile = row.profile.value
  const state = row.state.value
  const { check, region, tenancy } = profile
  const expiresAt = row.tokenExpiresAt.value
  const isHidden = useComputed(() => !shownRows.value.has(row))
  return (
    <div role="row" class={`row ${state}`} hidden={isHidden}>
      <div role="cell" class="cell-name">
        <StateMark state={state} />
        <a href={profileLink(row.name)}>
          <Name>{row.name}</Name>
        </a>
        <span class="detail">
          {profile.authentication}
          <span class="folded">{region ?? '–'}</span>
        </span>
      </div>
      <div role="cell" class="cell-state">
        <StateWords profile={profile} state={state} />
      </div>
      <div role="cell" class="cell-region">
        <span>{region ?? '–'}</span>
        <span class="detail mono" title={tenancy ?? undefined}>
          {tenancy === null ? '' : shortOcid(tenancy)}
        </span>
      </div>
      <div role="cell" class="cell-checked">
        {check?.checked_at ? <Ago at={check.checked_at} /> : '–'}
      </div>
      <div role="cell" class="cell-took">
        <span class="number">
          {check?.duration_ms == null ? '' : durationText(check.duration_ms)}
        </span>
        <Sparkline points={row.points.value} />
      </div>
      <div role="cell" class="cell-token">
        {expiresAt === null ? '' : <TokenExpiry at={expiresAt} />}
      </div>
      <div role="cell" class="cell-action">
        {!isUnaddressable(row.name) && (
          <button
            type="button"
            class="bare"
            title="Check again"
            aria-label={`Check ${row.name} again`}
            aria-disabled={state === 'checking'}
            onClick={() => void checkNow(row)}
          >
            <Icon name="refresh" />
          </button>
        )}
      </div>
    </div>
  )
}

function StateWords({ profile, state }: { profile: Profile; state: State }) {
  const { check, namespace } = profile
  if (state === 'fails' && check?.code) {
    return (
      <>
        <span class="code">{check.code}</span>
        <span class="detail cause">
          <Prose text={check.message} />
        </span>
      </>
    )
  }
  return (
    <>
      <span class="word">{STATE_WORDS[state]}</span>
      <span class="detail">{state === 'works' && namespace ? `namespace ${namespace}` : ''}</span>
    </>
  )
}
