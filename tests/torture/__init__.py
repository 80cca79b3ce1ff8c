"""A torture run of the outbox: bad days at Slack, carriers killed and stopped at random; then everything is counted.

The same seed gives the same letters, weather and fates; which of them meet is up to the machine.
"""
